namespace Sluice.Core.Funnels;

/// <summary>The reference evaluator of <c>order: open</c>: which steps a unit took, at any time.</summary>
public static class OpenFunnel
{
    /// <summary>Whether the unit took each step inside the reporting range.</summary>
    /// <param name="events">All events of the unit, in any order.</param>
    /// <param name="rules">The funnel; its window and late steps have no meaning here.</param>
    public static IReadOnlyList<bool> Evaluate(IEnumerable<FunnelEvent> events, FunnelRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var taken = new bool[rules.Steps.Count];
        foreach (var item in events.Where(item => rules.MayBegin(item.Micros)))
        {
            for (var step = 0; step < taken.Length; step++)
            {
                taken[step] |= rules.Steps[step].Matches(item.Name);
            }
        }

        return taken;
    }
}
