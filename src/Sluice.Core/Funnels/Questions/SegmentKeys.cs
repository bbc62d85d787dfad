using System.Runtime.InteropServices;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Time;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Decides in which segments the attempts of a unit stand.</summary>
/// <param name="plan">The funnel.</param>
internal sealed class SegmentKeys(FunnelPlan plan)
{
    // About a minute for one unit.
    private const long MostLooks = 100_000_000;

    private readonly Func<IReadOnlyList<FunnelEvent>, UnitOutcome> _evaluate = plan.NewEvaluator();
    private readonly int _properties = plan.ValueColumns.Count;

    /// <summary>The attempts with the values of the breakdowns, in their order.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="outcome">How it is counted without regard to event properties.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    /// <exception cref="PipelineException">The unit has more values and events than can be counted value by value.</exception>
    public IEnumerable<(IReadOnlyList<object?> Key, Attempt Attempt)> Of(
        UnitEvents unit,
        UnitOutcome outcome,
        CancellationToken cancellationToken
    )
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
            AttributionKind.Step => PerStepValue(unit, plan.Funnel.Attribution.Step - 1, cancellationToken),
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
    private IEnumerable<(IReadOnlyList<object?>, Attempt)> PerStepValue(
        UnitEvents unit,
        int step,
        CancellationToken cancellationToken
    )
    {
        var values = Enumerable
            .Range(0, unit.Events.Count)
            .Where(place => unit.Events[place].Kind.Takes(step) && IsTouch(unit.Events[place]))
            .GroupBy(place => unit.Values[place])
            .ToList();
        if (values.Count == 0)
        {
            return Count(unit, unit.Events, new PropertyValues(new object?[_properties]));
        }

        var others = Without(unit, step);
        ThrowIfEndless(unit, step, values.Count, others.Count);
        return values.SelectMany(value =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Count(unit, Merged(unit, others, [.. value]), value.Key);
        });
    }

    // What is left of the events where none can take the step, by their places.
    private List<(int Place, FunnelEvent Event)> Without(UnitEvents unit, int step)
    {
        var kinds = new Dictionary<EventKind, EventKind>();
        var others = new List<(int, FunnelEvent)>();
        for (var place = 0; place < unit.Events.Count; place++)
        {
            var item = unit.Events[place];
            ref var kind = ref CollectionsMarshal.GetValueRefOrAddDefault(kinds, item.Kind, out _);
            kind ??= item.Kind.Takes(step) ? item.Kind.Without(step) : item.Kind;
            if (kind.IsNamed || plan.Rules.LooksAtOthers)
            {
                others.Add((place, item with { Kind = kind }));
            }
        }

        return others;
    }

    private static List<FunnelEvent> Merged(
        UnitEvents unit,
        List<(int Place, FunnelEvent Event)> others,
        IReadOnlyList<int> own
    )
    {
        var merged = new List<FunnelEvent>(others.Count + own.Count);
        var next = 0;
        foreach (var (place, item) in others)
        {
            while (next < own.Count && own[next] < place)
            {
                merged.Add(unit.Events[own[next++]]);
            }

            var isOwn = next < own.Count && own[next] == place;
            merged.Add(isOwn ? unit.Events[own[next++]] : item);
        }

        merged.AddRange(own.Skip(next).Select(place => unit.Events[place]));
        return merged;
    }

    private static void ThrowIfEndless(UnitEvents unit, int step, int values, int events)
    {
        if ((long)values * events > MostLooks)
        {
            throw new PipelineException(
                FormattableString.Invariant(
                    $"The unit '{unit.Name}' has {values:N0} values on step {step + 1}, and each is counted over {events:N0} events: --attribution step:{step + 1} would not come to an end."
                )
            )
            {
                Hint =
                    "Use --attribution all_events, first_touch or last_touch, or break down by a property with fewer values.",
            };
        }
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
                DateTimeOffset instant => period.ValueOf(LocalDay.At(Micros.From(instant), zone)),
                _ => null,
            };
}
