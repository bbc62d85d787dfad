using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Indexed;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Sql;
using Sluice.Core.Time;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Answers funnels from the journeys index, from tables or from a file. Thread safe.</summary>
/// <param name="engine">Brings the events where the index cannot answer, ordered by unit and time; the counting is done here.</param>
/// <param name="journeys">The journeys indexes; null where there are none.</param>
public sealed class FunnelQuestion(ISqlEngine engine, IJourneyStore? journeys = null)
{
    private const int MostNames = 10_000;

    /// <summary>Counts the units of each step and segment.</summary>
    /// <param name="funnel">The funnel.</param>
    /// <param name="source">Where its events are.</param>
    /// <param name="options">What is shown beside the counts; null for nothing.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DefinitionException">The funnel asks for what the source does not have.</exception>
    /// <exception cref="PipelineException">A file is damaged, or users have several rows.</exception>
    public Task<FunnelAnswer> AskAsync(
        FunnelDefinition funnel,
        FunnelSource source,
        FunnelOptions? options = null,
        CancellationToken cancellationToken = default
    ) => AskAsync(funnel, source, options ?? new(), watcher: null, cancellationToken);

    internal async Task<FunnelAnswer> AskAsync(
        FunnelDefinition funnel,
        FunnelSource source,
        FunnelOptions options,
        IUnitWatcher? watcher,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(funnel);
        ArgumentNullException.ThrowIfNull(source);
        FunnelValidation.ThrowIfWrong(funnel);
        TrendCount.ThrowIfNone(options.Trend);
        var plan = FunnelPlan.Of(funnel, source) with { ByReference = options.Engine == FunnelEngine.Reference };
        await FilterCheck.ThrowIfUnlikeAsync(engine, funnel, source, cancellationToken);
        var before = options.CompareBefore ? RangeBefore.Of(plan) : null;
        var (index, reasons) = await FindIndexAsync(plan, options.Engine, cancellationToken);
        using var opened = index;
        return index is null
            ? await BySqlAsync(plan, before, options, watcher, reasons, cancellationToken)
            : await ByIndexAsync(index, plan, before, options, watcher, cancellationToken);
    }

    private async Task<(JourneyIndex? Index, IReadOnlyList<string> Reasons)> FindIndexAsync(
        FunnelPlan plan,
        FunnelEngine engine,
        CancellationToken cancellationToken
    )
    {
        if (engine is FunnelEngine.Sql or FunnelEngine.Reference)
        {
            return (
                null,
                engine == FunnelEngine.Reference
                    ? ["It was asked for: the definition itself, in plain and slow code, to hold the others against."]
                    : ["It was asked for."]
            );
        }

        var (index, reasons) = await TryIndexAsync(plan, cancellationToken);
        return index is null && engine == FunnelEngine.Index
            ? throw new DefinitionException(
                $"The journeys index cannot answer the funnel '{plan.Funnel.Name}': {string.Join(' ', reasons)}",
                "Ask with --engine auto, or leave out what is named."
            )
            : (index, reasons);
    }

    private async Task<(JourneyIndex?, IReadOnlyList<string>)> TryIndexAsync(
        FunnelPlan plan,
        CancellationToken cancellationToken
    )
    {
        var misfits = IndexFit.OfFunnel(plan).ToList();
        if (misfits.Count > 0)
        {
            return (null, misfits);
        }

        if (plan.Source.Index is not { } id || journeys is null)
        {
            return (
                null,
                [plan.Source.Provenance.File is null ? "The build has no index of this table." : "A file has no index."]
            );
        }

        var index = await journeys.OpenAsync(id, cancellationToken);
        if (index is null)
        {
            return (null, [WhyGone(id, plan.Source)]);
        }

        misfits = [.. IndexFit.Misfits(plan, index)];
        if (misfits.Count == 0)
        {
            return (index, []);
        }

        index.Dispose();
        return (null, misfits);
    }

    private static string WhyGone(string id, FunnelSource source) =>
        source.KeepsIndex
            ? FormattableString.Invariant(
                $"The index {id} of build {source.Provenance.Build} was lost: its folder is not there. 'sluice run --date {source.Provenance.LogicalDate:yyyy-MM-dd}' builds it anew."
            )
            : $"The index {id} is gone: only those of the newest builds are kept.";

    private async Task<FunnelAnswer> ByIndexAsync(
        JourneyIndex index,
        FunnelPlan plan,
        FunnelPlan? before,
        FunnelOptions options,
        IUnitWatcher? watcher,
        CancellationToken cancellationToken
    )
    {
        var held = index.Contents.Summary;
        var watermark = plan.Source.SeenTo(held.LastMicros);
        var asked = new IndexAnswer(plan, index, watermark);
        var summary = new EventSummary(
            held.Rows,
            held.WithoutUnit,
            held.WithoutTime,
            held.FirstMicros,
            held.LastMicros,
            asked.Named
        );
        var (counting, path) = asked.Count(
            () => NewCounting(plan, before, options, watcher, watermark),
            isPlain: watcher is null && options.Trend is null,
            before,
            cancellationToken
        );
        var provenance = ProvenanceOf(plan, summary, watermark, index.Users) with { Index = index.Contents.Id };
        return counting.ToAnswer(provenance, options.Bins) with
        {
            Path = path,
            Warnings = await WarningsAsync(plan, before, summary, cancellationToken),
        };
    }

    private async Task<FunnelAnswer> BySqlAsync(
        FunnelPlan plan,
        FunnelPlan? before,
        FunnelOptions options,
        IUnitWatcher? watcher,
        IReadOnlyList<string> reasons,
        CancellationToken cancellationToken
    )
    {
        var summary = await EventSummary.ReadAsync(
            engine,
            QueryOf(plan, EventQuery.Summary(plan.Funnel, plan.Source)) with
            {
                ComparesChecksums = true,
            },
            EventMatch.WordsOf(plan.Funnel),
            cancellationToken
        );
        var watermark = plan.Source.SeenTo(summary.LastMicros);
        var counting = NewCounting(plan, before, options, watcher, watermark);
        var taken = await CountAsync(plan, counting, cancellationToken);
        return counting.ToAnswer(ProvenanceOf(plan, summary, watermark, counting.Units), options.Bins) with
        {
            Path = plan.ByReference
                ? new("reference", "reference evaluator, over events that SQL reads and sorts", reasons)
                : new("SQL", "exact evaluator, over events that SQL reads and sorts", reasons),
            Warnings =
            [
                .. await WarningsAsync(plan, before, summary, cancellationToken),
                .. FilterCheck.Unfulfilled(plan.Funnel, summary.Named.Except(taken)),
            ],
        };
    }

    private static FunnelCounting NewCounting(
        FunnelPlan plan,
        FunnelPlan? before,
        FunnelOptions options,
        IUnitWatcher? watcher,
        long? watermark
    ) =>
        new(
            new FunnelCount(plan, watermark),
            before is null ? null : new FunnelCount(before, watermark),
            options.Trend is { } period ? new TrendCount(plan, period, watermark) : null,
            watcher
        );

    // Gives the steps and exclusions that some event takes.
    private async Task<IReadOnlyList<int>> CountAsync(
        FunnelPlan plan,
        FunnelCounting counting,
        CancellationToken cancellationToken
    )
    {
        var text = EventQuery.Text(plan.Funnel, plan.Source, plan.EventProperties);
        await using var events = await engine.QueryAsync(QueryOf(plan, text), cancellationToken);
        await using var users =
            plan.UserProperties.Count == 0
                ? null
                : new UserRows(
                    await engine.QueryAsync(
                        QueryOf(plan, UserQuery.Text(plan.Funnel, plan.Source, plan.UserProperties)),
                        cancellationToken
                    ),
                    plan.UserProperties.Count,
                    plan.Source.Users!
                );
        var reader = new UnitReader(plan, users);
        await foreach (var unit in reader.ReadAsync(events, cancellationToken))
        {
            counting.Add(unit, cancellationToken);
        }

        return reader.Taken;
    }

    // Each of these gives a right answer that is seldom meant.
    private async Task<IReadOnlyList<string>> WarningsAsync(
        FunnelPlan plan,
        FunnelPlan? before,
        EventSummary summary,
        CancellationToken cancellationToken
    ) => [.. WithoutEffect(plan, before, summary), .. await UnknownNamesAsync(plan, summary, cancellationToken)];

    private static IEnumerable<string> WithoutEffect(FunnelPlan plan, FunnelPlan? before, EventSummary summary)
    {
        if (plan.Funnel.From is { } from && summary.LastMicros < plan.Rules.FromMicros)
        {
            yield return $"No event is as late as 'from' ({from:yyyy-MM-dd}): the last is of {Day(summary.LastMicros)}.";
        }

        if (plan.Funnel.To is { } to && summary.FirstMicros >= plan.Rules.ToMicros)
        {
            yield return $"No event is as early as 'to' ({to:yyyy-MM-dd}): the first is of {Day(summary.FirstMicros)}.";
        }

        if (plan.Funnel.Attribution.Kind != AttributionKind.FirstTouch && !plan.HasEventBreakdown)
        {
            yield return "The attribution has no effect: nothing is broken down by a property of events.";
        }

        if (
            before?.Funnel is { From: { } begin, To: { } end }
            && summary.FirstMicros is { } first
            && LocalDay.At(first, plan.Source.Zone) > begin
        )
        {
            yield return $"The range compared with ({begin:yyyy-MM-dd} to {end.AddDays(-1):yyyy-MM-dd}) begins before the data: the first event is of {Day(first)}.";
        }

        string Day(long? micros) => $"{LocalDay.At(micros!.Value, plan.Source.Zone):yyyy-MM-dd}";
    }

    // A step that nothing is named for is counted as 0.
    private async Task<IReadOnlyList<string>> UnknownNamesAsync(
        FunnelPlan plan,
        EventSummary summary,
        CancellationToken cancellationToken
    )
    {
        var selectors = plan
            .Funnel.Steps.Select(step => step.Events)
            .Concat(plan.Funnel.Exclude.Select(exclusion => exclusion.Events))
            .ToList();
        var unknown = Enumerable.Range(0, selectors.Count).Except(summary.Named).ToList();
        if (unknown.Count == 0 || summary.Rows == 0)
        {
            return [];
        }

        var names = new List<string>();
        await using var result = await engine.QueryAsync(
            QueryOf(plan, EventQuery.Names(plan.Source, MostNames)),
            cancellationToken
        );
        while (await result.ReadAsync(cancellationToken))
        {
            names.Add(result.Rows.GetString(0));
        }

        return
        [
            .. unknown
                .SelectMany(selector => selectors[selector].Names)
                .Distinct(StringComparer.Ordinal)
                .Select(name =>
                    $"There is no event '{name}'. "
                    + (
                        names.Contains($"{name}?", StringComparer.Ordinal)
                            ? $"There is '{name}?': in --steps the ? makes a step optional; in a --definition it is part of the name."
                            : Nearest.Suggest(name, names)
                    )
                ),
        ];
    }

    private static FunnelProvenance ProvenanceOf(FunnelPlan plan, EventSummary summary, long? watermark, long units) =>
        new()
        {
            Build = plan.Source.Provenance.Build,
            LogicalDate = plan.Source.Provenance.LogicalDate,
            Tables = plan.Source.Provenance.Tables,
            File = plan.Source.Provenance.File,
            Definition = FunnelHash.Of(plan.Funnel),
            Rows = summary.Rows,
            Units = units,
            EventsWithoutUnit = summary.WithoutUnit,
            EventsWithoutTime = plan.AsksTimes ? summary.WithoutTime : 0,
            WatermarkMicros = watermark,
        };

    private static SqlQuery QueryOf(FunnelPlan plan, string text) =>
        new(text, plan.Source.Relations) { Subject = $"funnel {plan.Funnel.Name}" };
}
