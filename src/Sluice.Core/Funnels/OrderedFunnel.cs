namespace Sluice.Core.Funnels;

/// <summary>
/// The reference evaluator of <c>order: ordered</c>: it tries every entry and takes each step as early as it can.
/// It is the definition that faster evaluators are held against; see docs/semantics.md.
/// </summary>
public static class OrderedFunnel
{
    /// <summary>The attempt of a unit that counts.</summary>
    /// <param name="events">All events of the unit, in any order.</param>
    /// <param name="rules">The funnel.</param>
    /// <returns>The time of each step taken, the entry first; null when the unit never entered.</returns>
    public static IReadOnlyList<long>? Evaluate(IEnumerable<FunnelEvent> events, FunnelRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var instants = events
            .GroupBy(item => item.Micros)
            .OrderBy(instant => instant.Key)
            .Select(instant => instant.ToList())
            .ToList();
        List<long>? best = null;
        for (var first = 0; first < instants.Count; first++)
        {
            foreach (
                var entry in instants[first]
                    .Where(item => rules.Steps[0].Matches(item.Name) && rules.MayBegin(item.Micros))
            )
            {
                var attempt = Follow(entry, instants.Skip(first), rules);
                best = best is null || IsBetter(attempt, best) ? attempt : best;
            }
        }

        return best;
    }

    // Deepest; then the earliest completion; then the latest entry; then the earliest middle events.
    private static bool IsBetter(List<long> attempt, List<long> best) =>
        attempt.Count != best.Count ? attempt.Count > best.Count
        : attempt[^1] != best[^1] ? attempt[^1] < best[^1]
        : attempt[0] != best[0] ? attempt[0] > best[0]
        : attempt.Zip(best).FirstOrDefault(pair => pair.First != pair.Second) is var (mine, other) && mine < other;

    private static List<long> Follow(FunnelEvent entry, IEnumerable<List<FunnelEvent>> instants, FunnelRules rules)
    {
        var times = new List<long> { entry.Micros };
        foreach (var instant in instants.TakeWhile(instant => rules.MayTake(entry.Micros, instant[0].Micros)))
        {
            var unused = instant.ToList();
            if (instant[0].Micros == entry.Micros)
            {
                unused.Remove(entry);
            }

            var taken = StepsTakenAt(unused, rules.Steps, times.Count);
            times.AddRange(Enumerable.Repeat(instant[0].Micros, taken));
        }

        return times;
    }

    /// <summary>How many steps, from step <paramref name="next"/> on, the events of one instant take, each event at most one.</summary>
    private static int StepsTakenAt(List<FunnelEvent> unused, IReadOnlyList<FunnelStep> steps, int next)
    {
        // The order within an instant is the one that helps: give each step an event, and when the only events that match
        // are given away, move their steps to other events (a bipartite matching by augmenting paths, after Kuhn).
        var stepOf = Enumerable.Repeat(-1, unused.Count).ToArray();
        var taken = 0;
        while (next + taken < steps.Count && Give(next + taken, new bool[unused.Count]))
        {
            taken++;
        }

        return taken;

        bool Give(int step, bool[] tried)
        {
            for (var i = 0; i < unused.Count; i++)
            {
                if (!tried[i] && steps[step].Matches(unused[i].Name))
                {
                    tried[i] = true;
                    if (stepOf[i] < 0 || Give(stepOf[i], tried))
                    {
                        stepOf[i] = step;
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
