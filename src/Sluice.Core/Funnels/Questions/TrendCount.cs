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
    private readonly SortedDictionary<DateOnly, FunnelCount> _periods = [];
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

    public void Add(UnitEvents unit)
    {
        foreach (
            var start in unit.Events.Where(MayEnter).Select(item => StartOf(item.Micros)).OfType<DateOnly>().Distinct()
        )
        {
            CountOf(start).Add(unit);
        }
    }

    /// <summary>Adds what another thread counted.</summary>
    public void Merge(TrendCount other)
    {
        foreach (var (start, count) in other._periods)
        {
            CountOf(start).Merge(count);
        }
    }

    /// <summary>The periods, earliest first; one in which nobody could enter is not among them.</summary>
    public IReadOnlyList<FunnelPeriod> ToPeriods() =>
        [.. _periods.Select(period => new FunnelPeriod(period.Key, period.Value.Total(bins: null)))];

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

    private FunnelCount CountOf(DateOnly start)
    {
        if (!_periods.TryGetValue(start, out var count))
        {
            var rules = plan.Rules with
            {
                FromMicros = Math.Max(plan.Rules.FromMicros, FirstInstantOf(start)),
                SeenToMicros = plan.Rules.SeenToMicros ?? plan.Rules.ToMicros,
                ToMicros = Math.Min(plan.Rules.ToMicros, EndOf(start)),
            };
            _periods[start] = count = new FunnelCount(plan with { Rules = rules, By = [] }, watermarkMicros);
        }

        return count;
    }

    private long EndOf(DateOnly start) =>
        period.NextAfter(start) is { } next ? FirstInstantOf(next) : Micros.LastOfYear9999 + 1;

    // At both ends of the calendar there are instants whose local date would lie outside: they are of its first and last day.
    private long FirstInstantOf(DateOnly date) =>
        date == DateOnly.MinValue ? Micros.FirstOfYear1
        : date.Year is >= DataInterval.FirstYear and <= DataInterval.LastYear
            ? Micros.From(DataInterval.StartOf(date, plan.Source.Zone))
        : LocalTime.ToUtc(Micros.DayOf(date) * Micros.PerDay, plan.Source.Zone);
}
