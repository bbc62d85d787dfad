using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Decides in which segments the attempts of a unit stand.</summary>
/// <param name="plan">The funnel.</param>
internal sealed class SegmentKeys(FunnelPlan plan)
{
    private readonly Func<IReadOnlyList<FunnelEvent>, UnitOutcome> _evaluate = plan.NewEvaluator();
    private readonly int _properties = plan.ValueColumns.Count;

    /// <summary>The attempts with the values of the breakdowns, in their order.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="outcome">How it is counted without regard to event properties.</param>
    public IEnumerable<(IReadOnlyList<object?> Key, Attempt Attempt)> Of(UnitEvents unit, UnitOutcome outcome)
    {
        if (!plan.HasEventBreakdown)
        {
            return outcome.Attempts.Select(attempt => (KeyOf(unit, attempt, PropertyValues.None), attempt));
        }

        return plan.Funnel.Attribution.Kind switch
        {
            AttributionKind.FirstTouch => WithTouch(unit, outcome, first: true),
            AttributionKind.LastTouch => WithTouch(unit, outcome, first: false),
            AttributionKind.AllEvents => PerValue(unit, (_, value) => value),
            AttributionKind.Step => PerStepValue(unit, plan.Funnel.Attribution.Step - 1),
        };
    }

    private IEnumerable<(IReadOnlyList<object?>, Attempt)> WithTouch(UnitEvents unit, UnitOutcome outcome, bool first)
    {
        var values = new object?[_properties];
        for (var property = 0; property < values.Length; property++)
        {
            values[property] = TouchOf(unit, property, first);
        }

        var touched = new PropertyValues(values);
        return outcome.Attempts.Select(attempt => (KeyOf(unit, attempt, touched), attempt));
    }

    // Each property for itself: the first value that is not null. Of one instant the event of the lowest step comes first, and
    // of these the smallest value, whichever way the events are stored.
    private object? TouchOf(UnitEvents unit, int property, bool first)
    {
        object? touched = null;
        (Int128, int) at = default;
        for (var place = 0; place < unit.Events.Count; place++)
        {
            if (unit.Values[place].Items[property] is not { } value || !IsTouch(unit.Events[place]))
            {
                continue;
            }

            var order = OrderOf(unit.Events[place], first);
            var compared = touched is null ? -1 : order.CompareTo(at);
            if (compared < 0 || (compared == 0 && SegmentOrder.Compare(value, touched) < 0))
            {
                (touched, at) = (value, order);
            }
        }

        return touched;
    }

    private static (Int128 Micros, int Step) OrderOf(FunnelEvent item, bool first) =>
        first ? (item.Micros, item.Kind.StepArray[0]) : (-(Int128)item.Micros, -item.Kind.StepArray[^1]);

    // The events that can take a step, in the range that the funnel looks at.
    private bool IsTouch(FunnelEvent item) =>
        item.Kind.Steps.Count > 0
        && item.Group >= 0
        // The steps of an open funnel count inside the range only: none of them is late.
        && (
            plan.Funnel.Order == FunnelOrder.Open
                ? plan.Rules.MayBegin(item.Micros)
                : item.Micros >= plan.Rules.FromMicros && plan.Rules.IsSeen(item.Micros)
        );

    // Each value sees only the events that carry it.
    private IEnumerable<(IReadOnlyList<object?>, Attempt)> PerValue(
        UnitEvents unit,
        Func<FunnelEvent, PropertyValues, PropertyValues> valueOf
    ) =>
        Enumerable
            .Range(0, unit.Events.Count)
            .GroupBy(place => valueOf(unit.Events[place], unit.Values[place]))
            .SelectMany(value => Count(unit, [.. value.Select(place => unit.Events[place])], value.Key));

    // Each value that an event of the step carries: events of the step with another value cannot take it.
    private IEnumerable<(IReadOnlyList<object?>, Attempt)> PerStepValue(UnitEvents unit, int step)
    {
        var values = Enumerable
            .Range(0, unit.Events.Count)
            .Where(place => unit.Events[place].Kind.Takes(step) && IsTouch(unit.Events[place]))
            .Select(place => unit.Values[place])
            .Distinct()
            .DefaultIfEmpty(new PropertyValues(new object?[_properties]));
        return values.SelectMany(value =>
            Count(
                unit,
                [
                    .. unit.Events.Select(
                        (item, place) =>
                            item.Kind.Takes(step) && !unit.Values[place].Equals(value)
                                ? item with
                                {
                                    Kind = item.Kind.Without(step),
                                }
                                : item
                    ),
                ],
                value
            )
        );
    }

    private IEnumerable<(IReadOnlyList<object?>, Attempt)> Count(
        UnitEvents unit,
        IReadOnlyList<FunnelEvent> events,
        PropertyValues values
    ) => _evaluate(events).Attempts.Select(attempt => (KeyOf(unit, attempt, values), attempt));

    private IReadOnlyList<object?> KeyOf(UnitEvents unit, Attempt attempt, PropertyValues events)
    {
        var entry = attempt.MicrosOf(0);
        var user = unit.UserAt(entry);
        return
        [
            .. plan.By.Select(breakdown =>
                breakdown.Of switch
                {
                    BreakdownOf.Event => events.Items[breakdown.Place],
                    BreakdownOf.Entry => entry == FunnelEvent.NoTime
                        ? null
                        : breakdown.Breakdown.Period!.Value.ValueAt(entry, plan.Source.Zone),
                    _ => Period(breakdown.Breakdown, user?[breakdown.Place], plan.Source.Zone),
                }
            ),
        ];
    }

    /// <summary>The value of a breakdown by a property of users: itself, or the period it lies in.</summary>
    internal static object? Period(Breakdown breakdown, object? value, TimeZoneInfo zone) =>
        breakdown.Period is not { } period
            ? value
            : value switch
            {
                DateOnly date => period.ValueOf(date),
                DateTimeOffset instant => period.ValueOf(
                    DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime)
                ),
                _ => null,
            };
}
