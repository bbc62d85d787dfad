using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Extraction;

/// <summary>Loads a table of a source for one interval into the raw zone, in one commit. Thread safe.</summary>
/// <param name="sources">Opens sessions.</param>
/// <param name="store">The lake.</param>
/// <param name="merge">Merges what is read again into a log of changes.</param>
/// <param name="clock">The time of <c>_extracted_at</c>.</param>
public sealed class TableExtract(ISourceFactory sources, ITableStore store, ILogMerge merge, TimeProvider clock)
{
    /// <summary>Reads the source and commits, or says that the interval is done. What an earlier attempt has read is not read again.</summary>
    /// <param name="definition">The source.</param>
    /// <param name="table">The table to read.</param>
    /// <param name="interval">The interval that is loaded.</param>
    /// <param name="again">Read a finished interval again: a snapshot is replaced, a log of changes gets what it does not say yet.</param>
    /// <param name="throttle">The pace.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="fence">The fencing token of who loads; null takes one above every one in the table.</param>
    /// <param name="cancellationToken">Ends the statement at hand; the table stays as it is, and what was read is kept.</param>
    /// <exception cref="PipelineException">
    /// The source failed, a column changed its type, another run was faster, or one with a greater token has loaded the interval.
    /// </exception>
    public async Task<LoadOutcome> RunAsync(
        SourceDefinition definition,
        SourceTable table,
        DataInterval interval,
        bool again,
        IThrottle throttle,
        IProgress<LoadProgress>? progress = null,
        long? fence = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(throttle);
        var target = TableId.Raw(definition.Name, table.Name);
        using var activity = ExtractMetrics.Activities.StartActivity("extract");
        activity?.SetTag("sluice.table", target.ToString());
        var before = await store.ReadAsync(target, cancellationToken: cancellationToken);
        var token = before?.Transactions.GetValueOrDefault(TaskToken.ExtractOf(interval)) ?? 0;
        if (fence < token)
        {
            throw TableConflictException.Overtaken(target, interval, token, fence);
        }

        if (RawCommit.IsDone(before, interval) && !again)
        {
            return LoadOutcome.Done(before!, interval);
        }

        await using var source = await sources.OpenAsync(definition, cancellationToken);
        var now = await source.ReadClockAsync(cancellationToken);
        ThrowUnlessOver(definition, interval, now);
        var plan = new ExtractPlan(definition.Name, table, await source.DescribeAsync(table, cancellationToken));
        ThrowIfModeChanged(plan, before);
        var change = ChangeOf(table, plan, before);
        var restored = before?.Transactions.GetValueOrDefault(RestoredProgress.Application) ?? 0;
        var name = $"extract-{plan.Fingerprint(interval, token, restored)[..32]}";
        await using var staging = await store.StageAsync(target, name, cancellationToken);
        var state = ExtractManifest.Read(staging.Note);
        if (state is null)
        {
            staging.Clear();
            state = await BeginAsync(source, definition, plan, table, interval, before, now, cancellationToken);
        }

        var openSince = await OpenSinceAsync(source, plan, table, state.Window, cancellationToken);
        var run = new ExtractRun(sources, definition, plan, staging, throttle, clock);
        var parts = await run.RunAsync(source, state, progress, cancellationToken);
        activity?.SetTag("sluice.rows", parts.Sum(part => part.Rows));
        parts = await MergeAsync(plan, before, interval, state.Window, parts, staging.Folder, cancellationToken);
        var commit = new TableCommit
        {
            Interval = interval,
            Token = TaskToken.Next(TaskToken.ExtractOf(interval), before, fence),
            BasedOn = before?.Version ?? -1,
            Replaces = plan.Cursor is null ? ReplaceScope.Interval : ReplaceScope.Nothing,
            Schema = RawColumns.ForTable(plan.Files),
            Files = parts,
            Log = plan.Log,
            Partitioned = true,
            Watermarks = new Dictionary<string, long>
            {
                [RawCommit.HighWatermark(plan.Log)] = state.Window.High ?? state.StartedMicros,
            },
        };
        var outcome = await RawCommit.RunAsync(store, target, before, commit, change, again, cancellationToken);
        staging.Clear();
        return outcome with
        {
            IsEmptyUnexpectedly = outcome.Rows == 0 && table.ExpectsRows && Expects(plan, before),
            OpenSince = openSince,
        };
    }

    // An interval that is loaded again, or after newer ones, may give rows that the log has as they are.
    private async Task<IReadOnlyList<StagedFile>> MergeAsync(
        ExtractPlan plan,
        TableSnapshot? before,
        DataInterval interval,
        ExtractWindow window,
        IReadOnlyList<StagedFile> parts,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var isOlder = plan.IsOfTimes && RawCommit.HighOf(before, plan.Log) >= Micros.From(interval.End);
        return plan.Log is { } log && before is not null && (isOlder || RawCommit.IsDone(before, interval))
            ? await merge.NewRowsAsync(
                before,
                log,
                plan.Files,
                [.. plan.Columns.Lake.Columns.Select(column => column.Name)],
                window,
                parts,
                folder,
                cancellationToken
            )
            : parts;
    }

    // A transaction that is older than where the next window begins may yet commit rows that lie before it.
    private static async Task<DateTimeOffset?> OpenSinceAsync(
        ISource source,
        ExtractPlan plan,
        SourceTable table,
        ExtractWindow window,
        CancellationToken cancellationToken
    )
    {
        if (!plan.IsOfTimes || window.High is not { } high)
        {
            return null;
        }

        var load = await source.ReadLoadAsync(cancellationToken);
        return load.OldestTransaction is { } oldest && Micros.From(oldest) < high - table.Lookback ? oldest : null;
    }

    // A snapshot is empty only where the table is; a log of changes may well have a quiet day, but not a first one.
    private static bool Expects(ExtractPlan plan, TableSnapshot? before) =>
        plan.Shape.EstimatedRows > 0 && (plan.Cursor is null || before is null);

    private static void ThrowUnlessOver(SourceDefinition definition, DataInterval interval, DateTimeOffset now)
    {
        var ready = interval.End + definition.SafetyLag;
        if (now < ready)
        {
            throw new PipelineException(
                $"The clock of the source '{definition.Name}' says {now:yyyy-MM-dd HH:mm:ss} UTC: {interval.Ds} can be loaded from {ready:yyyy-MM-dd HH:mm:ss} UTC on."
            )
            {
                IsTransient = true,
                Hint =
                    "Run it again then. If the clock is wrong, mend it: it decides which rows belong to the interval.",
            };
        }
    }

    // Copies among the changes of a log would bring back rows that are gone, and changes among copies are no copies.
    private static void ThrowIfModeChanged(ExtractPlan plan, TableSnapshot? before)
    {
        if (before is not null && before.Files.Count > 0 && (before.Log is null) != (plan.Log is null))
        {
            var (was, now) = plan.Log is null ? ("incremental", "snapshot") : ("snapshot", "incremental");
            throw new PipelineException($"The table {plan.Target} was loaded with mode: {was}, and is {now} now.")
            {
                Hint = $"Set the mode back, or delete the table's folder lake/{plan.Target} in .sluice to begin anew.",
            };
        }
    }

    private static SchemaChange ChangeOf(SourceTable table, ExtractPlan plan, TableSnapshot? before)
    {
        var change = SchemaChange.Between(plan.Target, before?.Schema, RawColumns.ForTable(plan.Files));
        var isChanged = before is not null && change.Added.Count + change.Missing.Count + change.Widened.Count > 0;
        return !isChanged || table.OnSchemaChange == SchemaPolicy.Evolve
            ? change
            : throw new PipelineException(
                $"The columns of {plan.Target} changed: {LoadNote.Columns(change.Added, change.Missing, change.Widened)}."
            )
            {
                Hint = "Set on_schema_change: evolve for the table to take the columns as they are now.",
            };
    }

    private static async Task<ExtractManifest> BeginAsync(
        ISource source,
        SourceDefinition definition,
        ExtractPlan plan,
        SourceTable table,
        DataInterval interval,
        TableSnapshot? before,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var window = await WindowAsync(source, plan, table, interval, before, cancellationToken);
        var whole = plan.Range(source, window);
        var parts = plan.Order.Count == 0 ? 1 : definition.Throttle.MaxConnections;
        var cuts = parts > 1 ? await source.SplitAsync(plan.Page(whole, 1), parts, cancellationToken) : [];
        var ranges = new List<ExtractRange>();
        if (plan.Cursor is { IsNullable: true } && table.NullCursor != NullCursor.Exclude)
        {
            ranges.Add(new ExtractRange(null, null, OnlyNulls: true));
        }

        foreach (var cut in cuts)
        {
            ranges.Add(whole with { Upper = cut });
            whole = whole with { Lower = cut };
        }

        ranges.Add(whole);
        return new ExtractManifest
        {
            Window = window,
            StartedMicros = Micros.From(now),
            NextSeq = RawCommit.FirstSeq(before),
            Ranges = ranges,
            Parts = [],
        };
    }

    private static async Task<ExtractWindow> WindowAsync(
        ISource source,
        ExtractPlan plan,
        SourceTable table,
        DataInterval interval,
        TableSnapshot? before,
        CancellationToken cancellationToken
    )
    {
        if (plan.Cursor is not { } cursor)
        {
            return ExtractWindow.Whole;
        }

        var high = RawCommit.HighOf(before, plan.Log);
        var isDone = RawCommit.IsDone(before, interval);
        if (plan.IsOfTimes)
        {
            return ExtractWindow.OfTimes(interval, high, table.Lookback, isDone);
        }

        var greatest = await source.ReadGreatestAsync(plan.Shape, cursor, cancellationToken);
        var name = SelectedColumns.NameOf(table, cursor.Name);
        return ExtractWindow.OfIds(greatest, high, table.Lookback, isDone ? Loaded(before!, interval, name) : null);
    }

    // Without files the interval had no rows, and has none to read again.
    private static (long Least, long Greatest) Loaded(TableSnapshot before, DataInterval interval, string cursor)
    {
        var files = before.Files.Where(file => file.Interval == interval.Id).ToList();
        return files.Count == 0
            ? (0, -1)
            : (
                files.Min(file => file.MinValues.GetValueOrDefault(cursor, long.MinValue)),
                files.Max(file => file.MaxValues.GetValueOrDefault(cursor, long.MaxValue - 1))
            );
    }
}
