using Sluice.Core.Tables;

namespace Sluice.Core.Builds;

/// <summary>Reads a table as a build names it.</summary>
public static class BuildSnapshot
{
    /// <summary>The version of the table that belongs to the build.</summary>
    /// <exception cref="PipelineException">The lake no longer has it.</exception>
    /// <exception cref="KeyNotFoundException">The build does not have the table.</exception>
    public static async Task<TableSnapshot> ReadAsync(
        ITableStore store,
        Build build,
        TableId table,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(build);
        return await FindAsync(store, build, table, cancellationToken)
            ?? throw new PipelineException($"The lake no longer has {table} as build {build.Number} names it.")
            {
                Hint = $"Run 'sluice run --date {build.Interval.Ds}': what models make is rebuilt from the raw zone.",
            };
    }

    /// <summary>The same, or null where the lake no longer has it.</summary>
    public static async Task<TableSnapshot?> FindAsync(
        ITableStore store,
        Build build,
        TableId table,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(build);
        return await FindAsync(store, table, build.Tables[table], cancellationToken);
    }

    /// <summary>A version of a table; null where the lake no longer has the table, or has another of its name.</summary>
    public static async Task<TableSnapshot?> FindAsync(
        ITableStore store,
        TableId table,
        TableVersion pinned,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        var newest = await store.ReadAsync(table, cancellationToken: cancellationToken);
        if (newest is null || newest.Incarnation != pinned.Incarnation || newest.Version < pinned.Version)
        {
            return null;
        }

        return newest.Version == pinned.Version
            ? newest
            : await store.ReadAsync(table, pinned.Version, cancellationToken);
    }
}
