namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// The attempts of an unordered funnel: from each instant with an event for a step, the most steps that different events
/// of the window can fill. Step k of such an attempt is the k-th that is filled.
/// </summary>
/// <param name="timeline">The unit's events.</param>
/// <param name="rules">The funnel.</param>
internal sealed class UnorderedAttempts(UnitTimeline timeline, FunnelRules rules) : IAttempts
{
    private readonly IReadOnlySet<int> _nothing = new HashSet<int>();

    public long? FirstEntry => Entries().Select(first => (long?)timeline.Instants[first].Micros).FirstOrDefault();

    public IEnumerable<Attempt> All() => Entries().Select(first => From(first, _nothing));

    public IEnumerable<Attempt> OfFirstEntry() => Entries().Take(1).Select(first => From(first, _nothing));

    public IEnumerable<Attempt> OneAfterTheOther()
    {
        var used = new HashSet<int>();
        var next = 0;
        while (Entries(used).FirstOrDefault(first => first >= next, -1) is >= 0 and var first)
        {
            var attempt = From(first, used);
            yield return attempt;
            next = AttemptEnd.Close(attempt, timeline, rules, used);
        }
    }

    private IEnumerable<int> Entries(IReadOnlySet<int>? used = null) =>
        Enumerable
            .Range(0, timeline.Instants.Count)
            .Where(i => rules.MayBegin(timeline.Instants[i].Micros))
            .Where(i =>
                timeline
                    .Instants[i]
                    .Places.Any(place => timeline.KindOf(place).Steps.Count > 0 && used?.Contains(place) != true)
            );

    private Attempt From(int first, IReadOnlySet<int> used)
    {
        var attempt = new Attempt(rules.Steps);
        var entered = timeline.Instants[first].Micros;
        var window = timeline
            .Instants.Skip(first)
            .TakeWhile(instant => instant.Micros <= rules.WindowEnd(entered))
            .SelectMany(instant => instant.Places.Select(place => (instant.Micros, Place: place)))
            .Where(item => !used.Contains(item.Place) && timeline.KindOf(item.Place).Steps.Count > 0);
        var matching = new EventMatching(rules.Steps);
        foreach (var (micros, place) in window)
        {
            if (attempt.Depth < rules.Steps && matching.TryUse(timeline.KindOf(place)))
            {
                attempt.Take(attempt.Depth, place, micros);
            }
        }

        Judge(attempt);
        return attempt;
    }

    private void Judge(Attempt attempt)
    {
        var complete = attempt.Depth == rules.Steps;
        attempt.EndedAt = complete ? attempt.Completion : null;
        var until = complete ? attempt.Completion - 1 : rules.WindowEnd(attempt.Entry);
        for (var exclusion = 0; exclusion < rules.Exclusions.Count; exclusion++)
        {
            var excluded = timeline.FindExcluded(exclusion, attempt.Entry, until);
            if (excluded >= 0)
            {
                AttemptEnd.Taint(attempt, excluded, timeline.Events[excluded].Micros);
            }
        }
    }
}
