using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Extraction;

/// <summary>Makes the staged rows of a load part of a raw table.</summary>
internal static class RawCommit
{
    private const string High = "sluice.high";

    /// <summary>The application of the <c>txn</c> action that keeps how far a table was read: microseconds, or an id. Each cursor has its own.</summary>
    /// <param name="log">How the table is read; null for a snapshot, whose high is the source's clock.</param>
    public static string HighWatermark(ChangeLog? log) => log is null ? High : $"{High}:{log.Cursor}";

    /// <summary>The application of the <c>txn</c> action that keeps up to which end of an interval, in microseconds, copies were removed for their age.</summary>
    public const string Expired = "sluice.expired";

    /// <summary>Whether an application keeps how far something is, and not a token.</summary>
    public static bool IsWatermark(string application) =>
        application is High or Expired || application.StartsWith($"{High}:", StringComparison.Ordinal);

    /// <summary>Whether the copy of a finished interval is gone for its age: it has no file, and copies of its time were removed.</summary>
    public static bool IsExpired(TableSnapshot snapshot, DataInterval interval) =>
        snapshot.Transactions.TryGetValue(Expired, out var until)
        && Micros.From(interval.End) <= until
        && !snapshot.Files.Any(file => file.Interval == interval.Id);

    /// <summary>How far the table was read; null where it never was.</summary>
    public static long? HighOf(TableSnapshot? snapshot, ChangeLog? log) =>
        snapshot?.Transactions.TryGetValue(HighWatermark(log), out var high) == true && high != RestoredProgress.Never
            ? high
            : null;

    /// <summary>Whether the table has the rows of the interval.</summary>
    public static bool IsDone(TableSnapshot? snapshot, DataInterval interval) =>
        snapshot?.Transactions.GetValueOrDefault(TaskToken.ExtractOf(interval)) > 0;

    /// <summary>The place in the table's order of the first new row.</summary>
    public static long FirstSeq(TableSnapshot? before) =>
        1 + (before?.Files.Max(file => (long?)file.MaxValues.GetValueOrDefault(RawColumns.Seq)) ?? 0);

    /// <summary>Commits, or says that another run was faster.</summary>
    /// <param name="store">The lake.</param>
    /// <param name="target">The table.</param>
    /// <param name="before">What it was when the load began; null where it did not exist.</param>
    /// <param name="commit">The change.</param>
    /// <param name="change">What becomes of its columns.</param>
    /// <param name="again">Whether the interval is to be loaded even if it is done.</param>
    /// <param name="cancellationToken">Stops it before anything is visible.</param>
    public static async Task<LoadOutcome> RunAsync(
        ITableStore store,
        TableId target,
        TableSnapshot? before,
        TableCommit commit,
        SchemaChange change,
        bool again,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var version = await store.CommitAsync(target, commit, cancellationToken);
            return new LoadOutcome(
                AlreadyDone: false,
                commit.Files.Sum(file => file.Rows),
                version,
                change.Added,
                before is null ? [] : change.Missing
            )
            {
                Widened = change.Widened,
            };
        }
        catch (TableConflictException) when (!again)
        {
            // Another run has loaded the interval meanwhile: it is done, which is all that was asked.
            var now = await store.ReadAsync(target, cancellationToken: cancellationToken);
            if (!IsDone(now, commit.Interval) || now!.Transactions[commit.Token.Application] > commit.Token.Version)
            {
                throw;
            }

            return LoadOutcome.Done(now!, commit.Interval);
        }
    }
}
