using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Time;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Counts the units once for each period in which they can enter. Not thread safe.</summary>
/// <param name="plan">The funnel.</param>
/// <param name="period">The periods.</param>
/// <param name="watermarkMicros">The instant up to which events are complete; null where none is known.</param>
internal sealed class TrendCount(FunnelPlan plan, DatePeriod period, long? watermarkMicros)
{
    private readonly SortedDictionary<DateOnly, (FunnelCount Count, FunnelRules Rules)> _periods = [];

    // Sees in each period what the whole funnel sees.
    private readonly UnitEvaluator? _evaluator = plan.ByReference
        ? null
        : new(plan.Rules with { SeenToMicros = SeenTo(plan.Rules) });

    private (DateOnly Start, long FromMicros, long ToMicros) _last;

    /// <summary>Refuses what is no period of days.</summary>
    /// <exception cref="DefinitionException">It is none.</exception>
    public static void ThrowIfNone(DatePeriod? period)
    {
        if (period is DatePeriod.Hour or DatePeriod.MonthOfYear or DatePeriod.DayOfWeek)
        {
            throw new DefinitionException(
                $"A trend by {period.Value.ToName()} is not supported.",
                "Use day, week, month, quarter or year."
            );
        }
    }

    public void Add(UnitEvents unit, CancellationToken cancellationToken)
    {
        var starts = unit
            .Events.Where(MayEnter)
            .Select(item => StartOf(item.Micros))
            .OfType<DateOnly>()
            .Distinct()
            .ToList();
        var isLoaded = starts.Count > 1 && _evaluator?.TryLoad(unit.Events) == true;
        foreach (var start in starts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (count, rules) = CountOf(start);
            if (isLoaded)
            {
                count.Add(_evaluator!.EvaluateEntries(rules.FromMicros, rules.ToMicros));
            }
            else
            {
                count.Add(unit with { Events = SeenBy(rules, unit.Events) }, cancellationToken);
            }
        }
    }

    /// <summary>Adds what another thread counted.</summary>
    public void Merge(TrendCount other)
    {
        foreach (var (start, period) in other._periods)
        {
            CountOf(start).Count.Merge(period.Count);
        }
    }

    /// <summary>The periods, earliest first; one in which nobody could enter is not among them.</summary>
    public IReadOnlyList<FunnelPeriod> ToPeriods() =>
        [.. _periods.Select(period => new FunnelPeriod(period.Key, period.Value.Count.Total(bins: null)))];

    private bool MayEnter(FunnelEvent item) =>
        item.Group >= 0
        && plan.Rules.MayBegin(item.Micros)
        && (
            plan.Rules.Order is FunnelOrder.Unordered or FunnelOrder.Open
                ? item.Kind.Steps.Count > 0
                : item.Kind.Takes(0)
        );

    // Most events lie in the period of the one before. What lies outside of the calendar is in none.
    private DateOnly? StartOf(long micros)
    {
        if (micros >= _last.ToMicros || micros < _last.FromMicros)
        {
            if (period.ValueAt(micros, plan.Source.Zone) is not DateOnly start)
            {
                return null;
            }

            _last = (start, FirstInstantOf(start), EndOf(start));
        }

        return _last.Start;
    }

    private (FunnelCount Count, FunnelRules Rules) CountOf(DateOnly start)
    {
        if (!_periods.TryGetValue(start, out var counted))
        {
            var rules = plan.Rules with
            {
                FromMicros = Math.Max(plan.Rules.FromMicros, FirstInstantOf(start)),
                SeenToMicros = SeenTo(plan.Rules),
                ToMicros = Math.Min(plan.Rules.ToMicros, EndOf(start)),
            };
            var own = plan with { Rules = rules, By = [] };
            _periods[start] = counted = (new FunnelCount(own, watermarkMicros), rules);
        }

        return counted;
    }

    private static long SeenTo(FunnelRules rules) => rules.SeenToMicros ?? rules.ToMicros;

    // A unit with many events has them in many periods: each looks only at those that its attempts can use.
    private static List<FunnelEvent> SeenBy(FunnelRules rules, IReadOnlyList<FunnelEvent> events)
    {
        var last = rules.WindowEnd(rules.ToMicros - 1);
        var seen = new List<FunnelEvent>();
        for (var place = FirstFrom(events, rules.FromMicros); place < events.Count; place++)
        {
            if (events[place].Micros > last)
            {
                break;
            }

            seen.Add(events[place]);
        }

        return seen;
    }

    private static int FirstFrom(IReadOnlyList<FunnelEvent> events, long micros)
    {
        var (low, high) = (0, events.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = events[middle].Micros < micros ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private long FirstInstantOf(DateOnly start) => LocalDay.FirstInstantOf(start, plan.Source.Zone);

    private long EndOf(DateOnly start) =>
        period.NextAfter(start) is { } next ? FirstInstantOf(next) : Micros.LastOfYear9999 + 1;
}
