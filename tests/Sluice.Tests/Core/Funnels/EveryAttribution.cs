using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

/// <summary>
/// The four attributions of docs/semantics.md, Breakdown, word by word and over <see cref="EveryChain"/>. Written without a
/// look at what it checks.
/// </summary>
/// <param name="events">The unit's events.</param>
/// <param name="values">Of each event the values of the properties, texts or null.</param>
/// <param name="rules">The funnel.</param>
internal sealed class EveryAttribution(
    IReadOnlyList<FunnelEvent> events,
    IReadOnlyList<IReadOnlyList<string?>> values,
    FunnelRules rules
)
{
    /// <summary>The attempts that count as <c>p,q: 0 4</c>, in the order of the text.</summary>
    public IReadOnlyList<string> Of(Attribution attribution) =>
        [
            .. (
                attribution.Kind switch
                {
                    AttributionKind.FirstTouch => Touched(isFirst: true),
                    AttributionKind.LastTouch => Touched(isFirst: false),
                    AttributionKind.AllEvents => AllEvents(),
                    AttributionKind.Step => StepValues(attribution.Step - 1),
                }
            ).Order(StringComparer.Ordinal),
        ];

    private IEnumerable<string> Touched(bool isFirst) =>
        Attempt(events, [.. Enumerable.Range(0, values[0].Count).Select(property => TouchOf(property, isFirst))]);

    // The first or last value that is not null on any event that can take a step, inside the range, each property for
    // itself. Of an instant the lowest step says it under the one, the highest under the other; then the smallest value.
    private string? TouchOf(int property, bool isFirst)
    {
        var says = Places()
            .Where(place => values[place][property] is not null && events[place].Kind.Steps.Count > 0)
            .Where(place => IsInRange(events[place]))
            .ToList();
        if (says.Count == 0)
        {
            return null;
        }

        var instants = says.Select(place => events[place].Micros);
        var instant = isFirst ? instants.Min() : instants.Max();
        says.RemoveAll(place => events[place].Micros != instant);
        var steps = says.SelectMany(place => events[place].Kind.Steps);
        var step = isFirst ? steps.Min() : steps.Max();
        return says.Where(place => events[place].Kind.Takes(step))
            .Select(place => values[place][property])
            .Min(StringComparer.Ordinal);
    }

    // Each value sees only the events that carry it, those without value being the unknown's.
    private IEnumerable<string> AllEvents() =>
        Keys(Places())
            .SelectMany(key =>
                Attempt([.. Places().Where(place => Has(place, key)).Select(place => events[place])], key)
            );

    // Each value of an event of the step makes a segment, for which events of the step with another value cannot take it; a
    // unit without such an event is unknown.
    private IEnumerable<string> StepValues(int step)
    {
        var keys = Keys(Places().Where(place => events[place].Kind.Takes(step) && IsInRange(events[place])));
        return keys.Count == 0
            ? Attempt(events, new string?[values[0].Count])
            : keys.SelectMany(key =>
                Attempt(
                    [.. Places().Select(place => Has(place, key) ? events[place] : Without(events[place], step))],
                    key
                )
            );
    }

    private static FunnelEvent Without(FunnelEvent item, int step) =>
        item with
        {
            Kind = new(item.Kind.Steps.Where(own => own != step), item.Kind.Exclusions),
        };

    private IEnumerable<string> Attempt(IReadOnlyList<FunnelEvent> seen, IReadOnlyList<string?> key) =>
        EveryChain.Evaluate(seen, rules) is { Tainted: false } attempt ? [Print(key, attempt.Times)] : [];

    public static string Print(IEnumerable<object?> key, IEnumerable<long> times) =>
        $"{string.Join(',', key.Select(value => value ?? "-"))}: {string.Join(' ', times)}";

    private IEnumerable<int> Places() => Enumerable.Range(0, events.Count);

    private List<IReadOnlyList<string?>> Keys(IEnumerable<int> places)
    {
        var keys = new List<IReadOnlyList<string?>>();
        foreach (var place in places.Where(place => !keys.Exists(key => Has(place, key))))
        {
            keys.Add(values[place]);
        }

        return keys;
    }

    private bool Has(int place, IReadOnlyList<string?> key) => values[place].SequenceEqual(key);

    // With late steps also after it.
    private bool IsInRange(FunnelEvent item) =>
        item.Micros >= rules.FromMicros && (rules.LateSteps || item.Micros < rules.ToMicros);
}
