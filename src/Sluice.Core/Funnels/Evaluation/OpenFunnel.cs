namespace Sluice.Core.Funnels.Evaluation;

/// <summary>The reference evaluator of <c>order: open</c>: which steps a unit took, at any time.</summary>
internal static class OpenFunnel
{
    /// <summary>The steps that the unit took inside the reporting range, each by its earliest event and without a time.</summary>
    /// <param name="events">All events of the unit, in any order.</param>
    /// <param name="rules">The funnel; of it only the range matters.</param>
    public static UnitOutcome Evaluate(IReadOnlyList<FunnelEvent> events, FunnelRules rules)
    {
        var attempt = new Attempt(rules.Steps);
        foreach (
            var place in Enumerable
                .Range(0, events.Count)
                .Where(place => rules.MayBegin(events[place].Micros))
                .OrderBy(place => events[place].Micros)
        )
        {
            foreach (var step in events[place].Kind.Steps.Where(step => !attempt.Took(step)))
            {
                attempt.Take(step, place, FunnelEvent.NoTime);
            }
        }

        return attempt.Depth == 0 ? UnitOutcome.None : new([attempt], []);
    }
}
