using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.Lake.Delta;
using Sluice.Lake.Files;

namespace Sluice.Lake.Upkeep;

/// <summary>Puts an older version of a table back.</summary>
internal static class TableRestore
{
    private const int NamedFiles = 5;

    public static async Task<RestoreOutcome> RunAsync(
        TableId table,
        long version,
        LakeLayout layout,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (table.IsMart)
        {
            throw new DefinitionException(
                $"The table {table} is made by a model: its readers see the version that a build names.",
                "Read an older build with --as-of, or build the model again: sluice model --date DATE --full-refresh."
            );
        }

        using var writer = new DeltaWriter(table, layout, clock);
        var newest = writer.Log.NewestVersion();
        if (version < 0 || version > newest)
        {
            throw new DefinitionException(
                $"The table {table} has no version {version}; its newest is {newest}.",
                $"'sluice lake history {table.Name}' lists the versions."
            );
        }

        if (version == newest)
        {
            return new(newest, IsUnchanged: true, []);
        }

        var then = await writer.Log.ReplayAsync(version, cancellationToken);
        ThrowIfGone(table, then);
        IReadOnlyList<string> reopened = [];
        var made = await writer.CommitAsync(
            (now, at) =>
            {
                reopened = Reopened(then.ToSnapshot(), now!.ToSnapshot());
                return DeltaRewriteBuilder.Restore(then, now, at);
            },
            cancellationToken
        );
        return new(made, IsUnchanged: false, reopened);
    }

    private static List<string> Reopened(TableSnapshot then, TableSnapshot now) =>
        [
            .. TaskToken
                .ExtractedIntervals(now)
                .Except(TaskToken.ExtractedIntervals(then), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static void ThrowIfGone(TableId table, DeltaState then)
    {
        var gone = then
            .Live.Where(file =>
                new FileInfo(then.PathOf(file)) is var found && (!found.Exists || found.Length != file.Size)
            )
            .Select(file => file.Path)
            .ToList();
        if (gone.Count > 0)
        {
            var more = gone.Count > NamedFiles ? $" and {gone.Count - NamedFiles} more" : "";
            throw new PipelineException(
                $"The version {then.Version} of {table} cannot be restored: {string.Join(", ", gone.Take(NamedFiles))}{more} {(gone.Count == 1 ? "is" : "are")} gone or damaged."
            )
            {
                Hint =
                    "A vacuum removes what its --retain does not cover. Restore a newer version, or the files from a backup.",
            };
        }
    }
}
