namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// The reference evaluator: how one unit is counted, in plain code. It is the definition that faster evaluators are held
/// against; docs/semantics.md says the same in words.
/// </summary>
public static class FunnelEvaluator
{
    /// <summary>Counts one unit.</summary>
    /// <param name="events">All its events, in any order.</param>
    /// <param name="rules">The funnel.</param>
    public static UnitOutcome Evaluate(IReadOnlyList<FunnelEvent> events, FunnelRules rules)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Semantics == FunnelSemantics.WindowFunnel)
        {
            return WindowFunnel.Evaluate(events, rules);
        }

        if (rules.Order == FunnelOrder.Open)
        {
            return OpenFunnel.Evaluate(events, rules);
        }

        var groups = Enumerable
            .Range(0, events.Count)
            .Where(place => events[place].Group >= 0)
            .GroupBy(place => events[place].Group)
            .OrderBy(group => group.Key)
            .Select(group => AttemptsOf(new UnitTimeline(events, group, rules), rules))
            .ToList();
        return rules.Entry switch
        {
            FunnelEntry.Latest => Best(groups.SelectMany(attempts => attempts.All()), rules),
            FunnelEntry.First => Best(First(groups), rules),
            FunnelEntry.Every => Every(groups.SelectMany(attempts => attempts.OneAfterTheOther())),
        };
    }

    private static IAttempts AttemptsOf(UnitTimeline timeline, FunnelRules rules) =>
        rules.Order == FunnelOrder.Unordered
            ? new UnorderedAttempts(timeline, rules)
            : new OrderedAttempts(timeline, rules);

    // A tainted attempt of an ordered funnel gives way to a better one only; of an unordered funnel to any clean one.
    private static UnitOutcome Best(IEnumerable<Attempt> attempts, FunnelRules rules)
    {
        Attempt? best = null;
        foreach (var attempt in attempts)
        {
            var gives = rules.Order == FunnelOrder.Unordered && best?.IsTainted != attempt.IsTainted;
            best = best is null || (gives ? best.IsTainted : attempt.IsBetterThan(best, rules)) ? attempt : best;
        }

        return UnitOutcome.Of(best);
    }

    private static IEnumerable<Attempt> First(IReadOnlyList<IAttempts> groups)
    {
        var entries = groups.Select(attempts => attempts.FirstEntry).Where(micros => micros is not null).ToList();
        return entries.Count == 0
            ? []
            : groups
                .Where(attempts => attempts.FirstEntry == entries.Min())
                .SelectMany(attempts => attempts.OfFirstEntry());
    }

    private static UnitOutcome Every(IEnumerable<Attempt> attempts)
    {
        var split = attempts.ToLookup(attempt => attempt.IsTainted);
        return new([.. split[false]], [.. split[true]]);
    }
}
