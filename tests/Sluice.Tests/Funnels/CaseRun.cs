using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Questions;

namespace Sluice.Tests.Funnels;

/// <summary>Runs a case in memory: on the reference evaluator, on the fast one, and through the counting of answers.</summary>
internal sealed class CaseRun
{
    private readonly FunnelCase _case;
    private readonly FunnelPlan _plan;
    private readonly SegmentKeys _keys;
    private readonly CaseUnits _units;

    private CaseRun(FunnelCase item)
    {
        _case = item;
        var funnel = item.Definition();
        _plan = FunnelPlan.Of(funnel, item.Source(funnel));
        _keys = new(_plan);
        _units = new(item, _plan);
    }

    /// <summary>Where an engine does not say what the case expects, in words; none where all do.</summary>
    public static IReadOnlyList<string> Differences(FunnelCase item) =>
        item.Refused is { } refused ? Refusal(item, refused) : new CaseRun(item).Differences();

    private static IReadOnlyList<string> Refusal(FunnelCase item, string expected)
    {
        try
        {
            var funnel = item.Definition();
            FunnelPlan.Of(funnel, item.Source(funnel));
            return [$"It is not refused, for '{expected}'."];
        }
        catch (DefinitionException refused)
        {
            return refused.Message.Contains(expected, StringComparison.Ordinal)
                ? []
                : [$"It is not refused for '{expected}' but: {refused.Message}"];
        }
    }

    private List<string> Differences()
    {
        var differences = new List<string>();
        var fast = new UnitEvaluator(_plan.Rules);
        foreach (var line in _case.Lines.Where(line => line.Expected is not null))
        {
            var units = _units.Of(line);
            Compare("reference", line, units, unit => FunnelEvaluator.Evaluate(unit.Events, _plan.Rules));
            Compare("reversed", line, units, unit => Reversed(unit.Events));
            Compare("fast", line, units, unit => fast.Evaluate(unit.Events));
        }

        differences.AddRange(CaseAnswer.Differences(_case, Answer()).Select(difference => $"answer: {difference}"));
        return differences;

        void Compare(string engine, CaseLine line, IReadOnlyList<UnitEvents> units, Func<UnitEvents, UnitOutcome> count)
        {
            var counted = units.SelectMany(unit => Attempts(unit, count(unit), line.Expected!)).ToList();
            if (
                !counted
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(Print(line.Expected!).Order(StringComparer.Ordinal))
            )
            {
                differences.Add($"{engine}: {line.Text}, but counted: {string.Join(" | ", counted)}");
            }

            var isDropped = line.Events.Any(item => item.UnitIn(_plan.Funnel) is null);
            if (isDropped != line.IsDropped)
            {
                differences.Add($"{engine}: {line.Text}, but {(isDropped ? "" : "not ")}dropped");
            }
        }
    }

    // The order of rows that share an instant must not matter, nor that of the others to the definition.
    private UnitOutcome Reversed(IReadOnlyList<FunnelEvent> events)
    {
        var outcome = FunnelEvaluator.Evaluate([.. events.Reverse()], _plan.Rules);
        return new([.. outcome.Attempts.OrderBy(attempt => attempt.MicrosOf(0))], outcome.Excluded);
    }

    private IEnumerable<string> Attempts(UnitEvents unit, UnitOutcome outcome, IReadOnlyList<CaseAttempt> expected)
    {
        var whole = outcome.Attempts.Select(attempt => ToCase(null, attempt));
        var segments =
            _plan.By.Count == 0
                ? []
                : _keys
                    .Of(unit, outcome, TestContext.Current.CancellationToken)
                    .Select(found => ToCase(found.Key, found.Attempt))
                    .ToList();
        // Of a funnel with breakdown a line says the whole only where it differs from the sum of the segments.
        var counted =
            _plan.By.Count == 0 ? whole
            : expected.Any(attempt => attempt is { IsExcluded: false, Key: null }) ? whole.Concat(segments)
            : segments;
        return Print([
            .. outcome.Excluded.Select(_ => new CaseAttempt(null, [], IsExcluded: true)),
            .. counted.OrderBy(attempt => attempt.Key is not null),
        ]);
    }

    private static CaseAttempt ToCase(IReadOnlyList<object?>? key, Attempt attempt) =>
        new(
            key,
            [
                .. Enumerable
                    .Range(0, attempt.Steps)
                    .Select(step => attempt.Took(step) ? attempt.MicrosOf(step) : (long?)null),
            ]
        );

    private static List<string> Print(IEnumerable<CaseAttempt> attempts) =>
        [.. attempts.Select(attempt => attempt.ToString())];

    private FunnelAnswer Answer()
    {
        var watermark = _plan.Source.WatermarkMicros ?? _case.Events.Max(item => item.Micros);
        var counting = new FunnelCounting(
            new FunnelCount(_plan, watermark),
            _case.Options.CompareBefore ? new FunnelCount(RangeBefore.Of(_plan), watermark) : null,
            _case.Options.Trend is { } period ? new TrendCount(_plan, period, watermark) : null,
            watcher: null
        );
        foreach (var unit in _units.All())
        {
            counting.Add(unit, TestContext.Current.CancellationToken);
        }

        var orphans = _case.Events.Where(item => item.UnitIn(_plan.Funnel) is null).ToList();
        return counting.ToAnswer(
            new()
            {
                Definition = FunnelHash.Of(_plan.Funnel),
                Rows = _case.Events.Count(),
                Units = counting.Units,
                EventsWithoutUnit = orphans.Count,
                EventsWithoutTime = _plan.AsksTimes
                    ? _case.Events.Count(item => item.Micros is null) - orphans.Count(item => item.Micros is null)
                    : 0,
                WatermarkMicros = watermark,
            },
            _case.Options.Bins
        );
    }
}
