namespace Sluice.Core.Funnels.Evaluation;

/// <summary>The events of a unit that a funnel looks at, grouped by instant in the order of time.</summary>
internal sealed class UnitTimeline
{
    /// <summary>Groups the events that are seen.</summary>
    /// <param name="events">All events of the unit, in any order.</param>
    /// <param name="places">The places in <paramref name="events"/> that belong to it.</param>
    /// <param name="rules">Says which are seen.</param>
    public UnitTimeline(IReadOnlyList<FunnelEvent> events, IEnumerable<int> places, FunnelRules rules)
    {
        Events = events;
        Instants =
        [
            .. places
                .Where(place => rules.IsSeen(events[place].Micros))
                .GroupBy(place => events[place].Micros)
                .OrderBy(instant => instant.Key)
                .Select(instant => new Instant(instant.Key, [.. instant.OrderBy(KindOf, KindOrder.Instance)])),
        ];
    }

    /// <summary>All events of the unit.</summary>
    public IReadOnlyList<FunnelEvent> Events { get; }

    /// <summary>The instants, earliest first.</summary>
    public IReadOnlyList<Instant> Instants { get; }

    /// <summary>What the event at a place can be.</summary>
    public EventKind KindOf(int place) => Events[place].Kind;

    /// <summary>The first event of an exclusion that lies after one time and not after another; -1 where none does.</summary>
    public int FindExcluded(int exclusion, long after, long until) =>
        Instants
            .Where(instant => instant.Micros > after && instant.Micros <= until)
            .SelectMany(instant => instant.Places)
            .FirstOrDefault(place => KindOf(place).IsExcludedBy(exclusion), -1);

    /// <summary>The events of one instant, by their places among the unit's.</summary>
    internal sealed record Instant(long Micros, IReadOnlyList<int> Places);
}
