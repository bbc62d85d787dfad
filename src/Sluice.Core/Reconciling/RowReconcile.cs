using System.Globalization;
using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Reconciling;

/// <summary>Reads rows of the source, compares them one by one with the log, and adds to it what differs.</summary>
/// <param name="sources">Opens further sessions.</param>
/// <param name="store">The lake.</param>
/// <param name="engine">Compares.</param>
/// <param name="clock">The time.</param>
/// <param name="definition">The source.</param>
/// <param name="plan">What is read.</param>
/// <param name="zone">The project's time zone.</param>
/// <param name="keysOnly">Whether only keys are read.</param>
/// <param name="dryRun">Compare, and write nothing.</param>
/// <param name="throttle">The pace.</param>
internal sealed class RowReconcile(
    ISourceFactory sources,
    ITableStore store,
    ISqlEngine engine,
    TimeProvider clock,
    SourceDefinition definition,
    ExtractPlan plan,
    TimeZoneInfo zone,
    bool keysOnly,
    bool dryRun,
    IThrottle throttle
)
{
    private const string Application = "sluice.reconcile";

    /// <summary>Compares all rows, or those of some ranges of the key.</summary>
    /// <param name="source">A session.</param>
    /// <param name="before">The table.</param>
    /// <param name="log">How the log is read.</param>
    /// <param name="key">The key of the ranges; null for all rows.</param>
    /// <param name="keyRanges">The ranges, ascending; none for all rows.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    public async Task<ReconcileOutcome> RunAsync(
        ISource source,
        TableSnapshot before,
        ChangeLog log,
        DigestPlan? key,
        IReadOnlyList<KeyRange> keyRanges,
        IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        await using var staging = await store.StageAsync(before.Table, cancellationToken: cancellationToken);
        var now = await source.ReadClockAsync(cancellationToken);
        var state = new ExtractManifest
        {
            Window = ExtractWindow.Whole,
            StartedMicros = Micros.From(now),
            NextSeq = 1,
            Ranges = key is null ? [new(null, null)] : [.. keyRanges.Select(range => RangeOf(source, key.Key, range))],
            Parts = [],
        };
        var run = new ExtractRun(sources, definition, plan, staging, throttle, clock);
        var parts = await run.RunAsync(source, state, progress, cancellationToken);
        var scan = new SqlRelation(ReconcileStatements.Scan, plan.Files, [.. parts.Select(file => file.AsDataFile())]);
        var relations = new List<SqlRelation> { scan, CurrentOf(before, log) };
        if (key is not null)
        {
            relations.Add(await LakeDigests.WriteAsync(staging, keyRanges));
        }

        var columns = plan.Columns.Lake.Columns.Select(column => column.Name).ToList();
        var statements = new ReconcileStatements(columns, log, key?.KeyInLake);
        var counts = await CountAsync(statements.Counts, relations, before, cancellationToken);
        var outcome = new ReconcileOutcome(
            counts[0],
            counts[1],
            counts[2],
            keysOnly ? null : counts[3],
            counts[4],
            Version: null
        )
        {
            RowsRead = counts[0],
        };
        if (outcome.IsEqual || dryRun || (keysOnly && outcome.Deleted == 0))
        {
            return outcome;
        }

        var statement = statements.Repair(keysOnly, RawCommit.FirstSeq(before), state.StartedMicros);
        var repaired = await engine.MaterializeAsync(
            new SqlQuery(statement, relations) { Subject = $"reconcile {before.Table}" },
            staging.Folder,
            "repaired",
            cancellationToken
        );
        var newest = TaskToken
            .ExtractedIntervals(before)
            .Select(id => DataInterval.Parse(id, zone))
            .MaxBy(interval => interval.End);
        var version = await store.CommitAsync(
            before.Table,
            new TableCommit
            {
                Interval = newest,
                Token = TaskToken.Unfenced(Application),
                BasedOn = before.Version,
                Replaces = ReplaceScope.Nothing,
                Schema = before.Schema,
                Files = repaired.Files,
                Partitioned = true,
                Log = log,
            },
            cancellationToken
        );
        return outcome with { Version = version };
    }

    /// <summary>The current rows of the log. A row that is marked as deleted is a row of the source all the same.</summary>
    public static SqlRelation CurrentOf(TableSnapshot table, ChangeLog log) =>
        new(ReconcileStatements.Current, table.Schema, table.Files) { Log = log with { SoftDelete = null } };

    private static ExtractRange RangeOf(ISource source, SourceColumn key, KeyRange range) =>
        new(
            range.Low == long.MinValue ? null : source.BoundAt(key, range.Low),
            range.High == long.MaxValue ? null : source.BoundAt(key, range.High + 1)
        );

    private async Task<long[]> CountAsync(
        string statement,
        IReadOnlyList<SqlRelation> relations,
        TableSnapshot before,
        CancellationToken cancellationToken
    )
    {
        await using var result = await engine.QueryAsync(
            new SqlQuery(statement, relations) { Subject = $"reconcile {before.Table}" },
            cancellationToken
        );
        await result.ReadAsync(cancellationToken);
        return
        [
            .. Enumerable
                .Range(0, result.Rows.FieldCount)
                .Select(i => Convert.ToInt64(result.Rows.GetValue(i), CultureInfo.InvariantCulture)),
        ];
    }
}
