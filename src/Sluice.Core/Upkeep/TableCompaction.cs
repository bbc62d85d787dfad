using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Upkeep;

/// <summary>Joins the small files of raw tables. The rows stay as they are, and so do their order and their day. Thread safe.</summary>
/// <param name="store">The lake.</param>
public sealed class TableCompaction(ITableStore store)
{
    /// <summary>The size that a joined file should come near.</summary>
    /// <value>128 MB.</value>
    public const long UsualTargetBytes = 128L << 20;

    /// <summary>Small files that one load must have left to be joined at its end: fewer are not worth the reading.</summary>
    public const int ManyFiles = 8;

    // A file above it is large enough for any reader. What a load joins at its end is then never much.
    private const long SmallBytes = UsualTargetBytes / 4;

    // So much is staged before it is committed: a kill loses no more, and the disk needs no more.
    private const long CommitBytes = 1L << 30;
    private const int Attempts = 3;

    /// <summary>Joins all small files of a table.</summary>
    /// <param name="table">A table of the raw zone.</param>
    /// <param name="targetBytes">The size that a joined file should come near.</param>
    /// <param name="cancellationToken">Stops it; what was committed stays.</param>
    /// <exception cref="TableConflictException">Other writers replaced the files again and again.</exception>
    /// <exception cref="PipelineException">A file is damaged, or the disk is full.</exception>
    public Task<CompactionOutcome> RunAsync(
        TableId table,
        long targetBytes = UsualTargetBytes,
        CancellationToken cancellationToken = default
    ) => RunAsync(table, _ => true, targetBytes, cancellationToken);

    /// <summary>Joins what a load has left, if it has left many small files.</summary>
    /// <returns>What was done; null where it was not worth it.</returns>
    public async Task<CompactionOutcome?> RunAfterLoadAsync(
        TableId table,
        DataInterval interval,
        CancellationToken cancellationToken = default
    )
    {
        var snapshot = await store.ReadAsync(table, cancellationToken: cancellationToken);
        var small = snapshot?.Files.Count(file => IsSmallOf(interval, file)) ?? 0;
        return small < ManyFiles
            ? null
            : await RunAsync(table, file => IsSmallOf(interval, file), UsualTargetBytes, cancellationToken);
    }

    private static bool IsSmallOf(DataInterval interval, DataFile file) =>
        file.Interval == interval.Id && file.Bytes < SmallBytes;

    private async Task<CompactionOutcome> RunAsync(
        TableId table,
        Func<DataFile, bool> isWanted,
        long targetBytes,
        CancellationToken cancellationToken
    )
    {
        var outcome = new CompactionOutcome(table, 0, 0, 0, 0, Version: -1);
        for (var attempt = 1; ; attempt++)
        {
            var snapshot =
                await store.ReadAsync(table, cancellationToken: cancellationToken)
                ?? throw new PipelineException($"The table {table} is gone.");
            outcome = outcome with { Version = snapshot.Version };
            try
            {
                foreach (var batch in Batches(CompactionPlan.Of(snapshot.Files.Where(isWanted), targetBytes)))
                {
                    outcome = await JoinAsync(snapshot, batch, outcome, cancellationToken);
                }

                return outcome;
            }
            catch (TableConflictException) when (attempt < Attempts)
            {
                // A load has replaced some of the files: the plan is made anew from what is there now.
            }
        }
    }

    private async Task<CompactionOutcome> JoinAsync(
        TableSnapshot snapshot,
        List<IReadOnlyList<DataFile>> groups,
        CompactionOutcome before,
        CancellationToken cancellationToken
    )
    {
        await using var staging = await store.StageAsync(snapshot.Table, cancellationToken: cancellationToken);
        var schema = RawColumns.OfFiles(snapshot.Schema);
        var adds = new List<RewrittenFile>();
        foreach (var group in groups)
        {
            if (staging.Join(group, schema, cancellationToken) is { } file)
            {
                adds.Add(new(file, group));
            }
        }

        var removes = groups.SelectMany(group => group).ToList();
        var rewrite = new TableRewrite
        {
            Kind = RewriteKind.Compact,
            Removes = removes,
            Adds = adds,
        };
        var version = await store.RewriteAsync(snapshot.Table, rewrite, cancellationToken);
        return before with
        {
            Joined = before.Joined + removes.Count,
            Made = before.Made + adds.Count,
            BytesBefore = before.BytesBefore + removes.Sum(file => file.Bytes),
            BytesAfter = before.BytesAfter + adds.Sum(file => file.File.Bytes),
            Version = version,
        };
    }

    private static IEnumerable<List<IReadOnlyList<DataFile>>> Batches(IReadOnlyList<IReadOnlyList<DataFile>> groups)
    {
        var (batch, bytes) = (new List<IReadOnlyList<DataFile>>(), 0L);
        foreach (var group in groups)
        {
            batch.Add(group);
            bytes += group.Sum(file => file.Bytes);
            if (bytes >= CommitBytes)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
