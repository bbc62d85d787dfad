using Sluice.Core.Tables;

namespace Sluice.Core.Builds;

/// <summary>The versions of tables that some build names: what they consist of must stay readable.</summary>
public static class BuildPins
{
    /// <summary>Reads all builds.</summary>
    /// <exception cref="PipelineException">A build file is damaged: then nobody knows what it needs.</exception>
    public static async Task<ILookup<TableId, TableVersion>> ReadAsync(
        IBuildStore store,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        var pins = new HashSet<(TableId Table, TableVersion Version)>();
        foreach (var number in store.ListNewestFirst())
        {
            var build = await store.ReadAsync(number, cancellationToken);
            pins.UnionWith(build.Tables.Select(table => (table.Key, table.Value)));
        }

        return pins.ToLookup(pin => pin.Table, pin => pin.Version);
    }
}
