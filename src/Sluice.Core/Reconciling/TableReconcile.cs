using System.Globalization;
using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Reconciling;

/// <summary>
/// Finds what a log of changes cannot know by its cursor, and adds it: rows that were deleted in the source, changes that did not
/// touch the cursor, rows that were missed. It reads the whole table, or all its keys, in pages and under the throttle.
/// </summary>
/// <param name="sources">Opens sessions.</param>
/// <param name="store">The lake.</param>
/// <param name="engine">Compares.</param>
/// <param name="clock">The time.</param>
public sealed class TableReconcile(ISourceFactory sources, ITableStore store, ISqlEngine engine, TimeProvider clock)
{
    private const string Application = "sluice.reconcile";

    /// <summary>Compares and repairs.</summary>
    /// <param name="definition">The source.</param>
    /// <param name="table">The table; loaded incrementally.</param>
    /// <param name="zone">The project's time zone.</param>
    /// <param name="keysOnly">Read the keys only: finds what was deleted, and no changes.</param>
    /// <param name="dryRun">Compare, and write nothing.</param>
    /// <param name="throttle">The pace.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    /// <exception cref="DefinitionException">The table is no log of changes, or was never loaded.</exception>
    public async Task<ReconcileOutcome> RunAsync(
        SourceDefinition definition,
        SourceTable table,
        TimeZoneInfo zone,
        bool keysOnly,
        bool dryRun,
        IThrottle throttle,
        IProgress<LoadProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(table);
        var target = TableId.Raw(definition.Name, table.Name);
        var before = await store.ReadAsync(target, cancellationToken: cancellationToken);
        if (before?.Log is not { } log)
        {
            throw new DefinitionException(
                before is null
                    ? $"The table {target} was never loaded."
                    : $"The table {target} is loaded as snapshots.",
                before is null
                    ? "Run 'sluice extract' first."
                    : "Each copy is whole: extract it again with --reextract."
            );
        }

        await using var source = await sources.OpenAsync(definition, cancellationToken);
        var shape = await source.DescribeAsync(table, cancellationToken);
        var whole = table with { Mode = LoadMode.Snapshot, Cursor = null };
        if (keysOnly)
        {
            // What is not read may still order what is.
            var (key, rest) = (new List<SourceColumn>(), new List<SourceColumn>(shape.Hidden));
            foreach (var column in shape.Columns)
            {
                (log.Key.Contains(SelectedColumns.NameOf(table, column.Name)) ? key : rest).Add(column);
            }

            shape = shape with { Columns = key, Hidden = rest };
            whole = whole with { Selected = [], Columns = OfKey(table, shape), Key = [] };
        }

        var plan = new ExtractPlan(definition.Name, whole, shape);
        await using var staging = await store.StageAsync(target, cancellationToken: cancellationToken);
        var now = await source.ReadClockAsync(cancellationToken);
        var state = new ExtractManifest
        {
            Window = ExtractWindow.Whole,
            StartedMicros = Micros.From(now),
            NextSeq = 1,
            Ranges = [new ExtractRange(null, null)],
            Parts = [],
        };
        var run = new ExtractRun(sources, definition, plan, staging, throttle, clock);
        var parts = await run.RunAsync(source, state, progress, cancellationToken);
        return await CompareAsync(before, log, plan, parts, zone, keysOnly, dryRun, state, staging, cancellationToken);
    }

    private async Task<ReconcileOutcome> CompareAsync(
        TableSnapshot before,
        ChangeLog log,
        ExtractPlan plan,
        IReadOnlyList<StagedFile> parts,
        TimeZoneInfo zone,
        bool keysOnly,
        bool dryRun,
        ExtractManifest state,
        IStagingArea staging,
        CancellationToken cancellationToken
    )
    {
        var columns = plan.Columns.Lake.Columns.Select(column => column.Name).ToList();
        var statements = new ReconcileStatements(columns, log);
        var scan = new SqlRelation(
            ReconcileStatements.Scan,
            plan.Files,
            [
                .. parts.Select(part => new DataFile
                {
                    Path = part.Path,
                    Bytes = part.Bytes,
                    Rows = part.Rows,
                    Interval = "",
                }),
            ]
        );
        // A row that is marked as deleted is a row of the source all the same.
        var current = new SqlRelation(ReconcileStatements.Current, before.Schema, before.Files)
        {
            Log = log with { SoftDelete = null },
        };
        var counts = await CountAsync(statements.Counts, scan, current, before, cancellationToken);
        var outcome = new ReconcileOutcome(
            counts[0],
            counts[1],
            counts[2],
            keysOnly ? null : counts[3],
            counts[4],
            Version: null
        );
        if (outcome.IsEqual || dryRun || (keysOnly && outcome.Deleted == 0))
        {
            return outcome;
        }

        var statement = statements.Repair(keysOnly, RawCommit.FirstSeq(before), state.StartedMicros);
        var repaired = await engine.MaterializeAsync(
            new SqlQuery(statement, [scan, current]) { Subject = $"reconcile {before.Table}" },
            staging.Folder,
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

    private async Task<long[]> CountAsync(
        string statement,
        SqlRelation scan,
        SqlRelation current,
        TableSnapshot before,
        CancellationToken cancellationToken
    )
    {
        await using var result = await engine.QueryAsync(
            new SqlQuery(statement, [scan, current]) { Subject = $"reconcile {before.Table}" },
            cancellationToken
        );
        await result.Rows.ReadAsync(cancellationToken);
        return
        [
            .. Enumerable
                .Range(0, result.Rows.FieldCount)
                .Select(i => Convert.ToInt64(result.Rows.GetValue(i), CultureInfo.InvariantCulture)),
        ];
    }

    private static Dictionary<string, ColumnRule> OfKey(SourceTable table, SourceShape shape) =>
        table
            .Columns.Where(rule => shape.Columns.Any(column => column.Name == rule.Key))
            .ToDictionary(rule => rule.Key, rule => rule.Value, StringComparer.Ordinal);
}
