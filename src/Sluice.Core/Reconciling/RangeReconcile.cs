using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Reconciling;

/// <summary>
/// Compares a table by checksums of ranges of its key, and row by row where they differ: first ranges of a page each, then, within
/// those that differ, small ones. Goes through the table in parts, each of which is repaired on its own: what a run that was
/// stopped has repaired stays, and memory is bounded.
/// </summary>
/// <param name="store">The lake.</param>
/// <param name="engine">Computes the lake's checksums.</param>
/// <param name="rows">Compares rows.</param>
/// <param name="digests">The key and the columns.</param>
/// <param name="zone">The source's time zone; null for none.</param>
internal sealed class RangeReconcile(
    ITableStore store,
    ISqlEngine engine,
    RowReconcile rows,
    DigestPlan digests,
    TimeZoneInfo? zone
)
{
    // Some tens of millions of rows at once.
    private const int MostRanges = 4096;
    private const int SmallRows = 1024;

    // Where many ranges differ, small ones would, too.
    private const int FewestForAll = 8;

    /// <summary>Compares the whole table.</summary>
    /// <param name="source">The session that the checksums are asked of.</param>
    /// <param name="pages">Goes through the source.</param>
    /// <param name="before">The table.</param>
    /// <param name="log">How the log is read.</param>
    /// <param name="progress">Told the rows that were read one by one; may be null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ReconcileOutcome> RunAsync(
        ISource source,
        SourceDigests pages,
        TableSnapshot before,
        ChangeLog log,
        IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var outcome = new ReconcileOutcome(0, 0, 0, 0, 0, null) { WhyRead = digests.WhyRead };
        long? low = long.MinValue;
        while (low is { } from)
        {
            var ranges = await pages.ReadAsync(
                before.Table,
                from,
                long.MaxValue,
                RowPage.MaxRows,
                MostRanges,
                cancellationToken
            );
            var part = await CompareAsync(source, pages, before, log, ranges, progress, cancellationToken);
            outcome = outcome.With(part);
            low = ranges[^1].High == long.MaxValue ? null : ranges[^1].High + 1;
            if (part.Version is not null && low is not null)
            {
                before = await store.ReadAsync(before.Table, cancellationToken: cancellationToken) ?? before;
            }
        }

        return outcome;
    }

    private async Task<ReconcileOutcome> CompareAsync(
        ISource source,
        SourceDigests pages,
        TableSnapshot before,
        ChangeLog log,
        List<KeyRange> ranges,
        IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        await using var staging = await store.StageAsync(before.Table, cancellationToken: cancellationToken);
        var lake = new LakeDigests(engine, staging, digests, zone);
        var current = RowReconcile.CurrentOf(before, log);
        var (lakeRows, different) = await lake.CompareAsync(current, ranges, cancellationToken);
        var outcome = new ReconcileOutcome(ranges.Sum(range => range.Digest.Rows), lakeRows, 0, 0, 0, Version: null)
        {
            Ranges = ranges.Count,
            DifferentRanges = different.Count,
            RowsRead = digests.WhyRead is null ? 0 : ranges.Sum(range => range.Digest.Rows),
        };
        if (different.Count < FewestForAll || different.Count * 2 < ranges.Count)
        {
            different = await NarrowAsync(pages, before.Table, lake, current, different, cancellationToken);
        }

        if (different.Count == 0)
        {
            return outcome;
        }

        var found = await rows.RunAsync(
            source,
            before,
            log,
            digests,
            KeyRange.Join(different),
            progress,
            cancellationToken
        );
        return outcome with
        {
            Missing = found.Missing,
            Changed = found.Changed,
            Deleted = found.Deleted,
            RowsRead = outcome.RowsRead + found.RowsRead,
            Version = found.Version,
        };
    }

    private static async Task<List<KeyRange>> NarrowAsync(
        SourceDigests pages,
        TableId table,
        LakeDigests lake,
        SqlRelation current,
        List<KeyRange> different,
        CancellationToken cancellationToken
    )
    {
        var small = new List<KeyRange>();
        foreach (var range in different)
        {
            small.AddRange(
                range.Digest.Rows <= SmallRows
                    ? [range]
                    : await pages.ReadAsync(table, range.Low, range.High, SmallRows, int.MaxValue, cancellationToken)
            );
        }

        // A row that is equal by now is one that was written meanwhile.
        return small.Count == different.Count
            ? small
            : (await lake.CompareAsync(current, small, cancellationToken)).Different;
    }
}
