using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Reconciling;

/// <summary>
/// Finds what a log of changes cannot know by its cursor, and adds it: rows that were deleted in the source, changes that did not
/// touch the cursor, rows that were missed. It goes through the whole table, or all its keys, in pages and under the throttle, and
/// reads the rows of those pages whose checksum differs.
/// </summary>
/// <param name="sources">Opens sessions.</param>
/// <param name="store">The lake.</param>
/// <param name="engine">Compares.</param>
/// <param name="clock">The time.</param>
public sealed class TableReconcile(ISourceFactory sources, ITableStore store, ISqlEngine engine, TimeProvider clock)
{
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
        ArgumentNullException.ThrowIfNull(throttle);
        var target = TableId.Raw(definition.Name, table.Name);
        using var activity = ExtractMetrics.Activities.StartActivity("reconcile");
        activity?.SetTag("sluice.table", target.ToString());
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

        var columns = new SelectedColumns(whole, shape);
        ThrowIfColumnsChanged(before, columns);
        var (digests, why) = DigestPlan.Of(source, whole, shape, columns, log);
        if (digests is not null)
        {
            shape = shape with { ScanOrder = [digests.Key.Name] };
        }

        var plan = new ExtractPlan(definition.Name, whole, shape);
        var rows = new RowReconcile(sources, store, engine, clock, definition, plan, zone, keysOnly, dryRun, throttle);
        if (digests is null)
        {
            var all = await rows.RunAsync(source, before, log, key: null, [], progress, cancellationToken);
            return all with { WhyRead = why };
        }

        var seen = 0L;
        var pages = new SourceDigests(
            source,
            plan.Columns,
            shape,
            digests,
            throttle,
            clock,
            more => progress?.Report(new LoadProgress(seen += more, shape.EstimatedRows, throttle.State))
        );
        var ranges = new RangeReconcile(store, engine, rows, digests, definition.TimeZone);
        var outcome = await ranges.RunAsync(
            source,
            pages,
            before,
            log,
            progress is null
                ? null
                : new Relay<LoadProgress>(at =>
                    progress.Report(at with { Rows = seen, Expected = shape.EstimatedRows })
                ),
            cancellationToken
        );
        return keysOnly ? outcome with { Changed = null } : outcome;
    }

    private static void ThrowIfColumnsChanged(TableSnapshot before, SelectedColumns columns)
    {
        var other = columns.Lake.Columns.FirstOrDefault(column => before.Schema.Find(column.Name)?.Type != column.Type);
        if (other is not null)
        {
            throw new PipelineException(
                $"The column '{other.Name}' of {before.Table} is {other.Type} in the source and {before.Schema.Find(other.Name)?.Type.ToString() ?? "missing"} in the lake."
            )
            {
                Hint = "Run 'sluice extract' first: a load takes up columns that changed.",
            };
        }
    }

    private static Dictionary<string, ColumnRule> OfKey(SourceTable table, SourceShape shape) =>
        table
            .Columns.Where(rule => shape.Columns.Any(column => column.Name == rule.Key))
            .ToDictionary(rule => rule.Key, rule => rule.Value, StringComparer.Ordinal);
}
