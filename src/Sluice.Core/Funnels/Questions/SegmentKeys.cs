using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Decides in which segments the attempts of a unit stand.</summary>
/// <param name="plan">The funnel.</param>
internal sealed class SegmentKeys(FunnelPlan plan)
{
    private static readonly Comparer<object?> ValueOrder = Comparer<object?>.Create(SegmentOrder.Compare);

    private readonly Func<IReadOnlyList<FunnelEvent>, UnitOutcome> _evaluate = plan.NewEvaluator();

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

    // Each property for itself: the first value that is not null. Of one instant the event of the lowest step comes first, and
    // of these the smallest value, whichever way the events are stored.
    private IEnumerable<(IReadOnlyList<object?>, Attempt)> WithTouch(UnitEvents unit, UnitOutcome outcome, bool first)
    {
        var touches = Enumerable
            .Range(0, unit.Events.Count)
            .Where(place => IsTouch(unit.Events[place]))
            .Select(place => (Order: OrderOf(unit.Events[place], first), place))
            .ToList();
        var values = new PropertyValues([
            .. Enumerable
                .Range(0, plan.ValueColumns.Count)
                .Select(property =>
                    touches
                        .Select(touch => (touch.Order, Value: unit.Values[touch.place].Items[property]))
                        .Where(touch => touch.Value is not null)
                        .OrderBy(touch => touch.Order)
                        .ThenBy(touch => touch.Value, ValueOrder)
                        .Select(touch => touch.Value)
                        .FirstOrDefault()
                ),
        ]);
        return outcome.Attempts.Select(attempt => (KeyOf(unit, attempt, values), attempt));
    }

    private static (Int128 Micros, int Step) OrderOf(FunnelEvent item, bool first) =>
        first ? (item.Micros, item.Kind.StepArray[0]) : (-(Int128)item.Micros, -item.Kind.StepArray[^1]);

    // The events that can take a step, in the range that the funnel looks at.
    private bool IsTouch(FunnelEvent item) =>
        item.Kind.Steps.Count > 0
        && item.Group >= 0
        && item.Micros >= plan.Rules.FromMicros
        && plan.Rules.IsSeen(item.Micros);

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
            .DefaultIfEmpty(new PropertyValues([.. plan.ValueColumns.Select(_ => (object?)null)]));
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
