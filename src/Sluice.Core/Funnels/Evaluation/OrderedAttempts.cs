namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// The attempts of an ordered or strict funnel: from an entry each step is taken as early as it can be. With
/// <see cref="InstantMatching"/> and <see cref="FunnelEvaluator"/> it is the definition; see docs/semantics.md.
/// </summary>
/// <param name="timeline">The unit's events.</param>
/// <param name="rules">The funnel.</param>
internal sealed class OrderedAttempts(UnitTimeline timeline, FunnelRules rules) : IAttempts
{
    private readonly IReadOnlySet<int> _nothing = new HashSet<int>();

    public long? FirstEntry =>
        Entries(_nothing).Select(entry => (long?)timeline.Instants[entry.Instant].Micros).FirstOrDefault();

    public IEnumerable<Attempt> All() =>
        Entries(_nothing).Select(entry => Follow(entry.Instant, entry.Place, _nothing));

    public IEnumerable<Attempt> OfFirstEntry() =>
        Entries(_nothing)
            .Where(entry => timeline.Instants[entry.Instant].Micros == FirstEntry)
            .Select(entry => Follow(entry.Instant, entry.Place, _nothing));

    public IEnumerable<Attempt> OneAfterTheOther()
    {
        var used = new HashSet<int>();
        var next = 0;
        while (FirstFrom(next, used) is { } attempt)
        {
            yield return attempt;
            next = AttemptEnd.Close(attempt, timeline, rules, used);
        }
    }

    // Of the entries of one instant, the one whose attempt is best.
    private Attempt? FirstFrom(int next, IReadOnlySet<int> used)
    {
        var entries = Entries(used).SkipWhile(entry => entry.Instant < next).ToList();
        Attempt? best = null;
        foreach (var entry in entries.TakeWhile(entry => entry.Instant == entries[0].Instant))
        {
            var attempt = Follow(entry.Instant, entry.Place, used);
            best = best is null || attempt.IsBetterThan(best, rules) ? attempt : best;
        }

        return best;
    }

    private IEnumerable<(int Instant, int Place)> Entries(IReadOnlySet<int> used) =>
        from instant in Enumerable.Range(0, timeline.Instants.Count)
        where rules.MayBegin(timeline.Instants[instant].Micros)
        from place in timeline.Instants[instant].Places
        where timeline.KindOf(place).Takes(0) && !used.Contains(place)
        select (instant, place);

    /// <summary>The attempt that begins with an event.</summary>
    /// <param name="first">The instant of the event, by its place among the instants.</param>
    /// <param name="entry">The event.</param>
    /// <param name="used">Events that other attempts have used.</param>
    private Attempt Follow(int first, int entry, IReadOnlySet<int> used)
    {
        var attempt = new Attempt(rules.Steps);
        var entered = timeline.Instants[first].Micros;
        attempt.Take(0, entry, entered);
        // Where nothing may lie between, what is at the next instant decides; else optional steps come into what lies between.
        var optional = rules.Order == FunnelOrder.Strict;
        for (var i = first; i < timeline.Instants.Count; i++)
        {
            if (timeline.Instants[i].Micros > rules.WindowEnd(entered) || attempt.Depth == rules.Steps)
            {
                break;
            }

            var depth = attempt.Depth;
            Advance(attempt, i, entry, used, optional);
            if (rules.Order == FunnelOrder.Strict && i > first && attempt.Depth == depth)
            {
                break;
            }
        }

        if (!optional)
        {
            TakeOptional(attempt, first, entry, used);
        }

        Judge(attempt);
        return attempt;
    }

    // Required steps go before optional ones, so that an optional step never takes the event that a required one needs.
    private void Advance(Attempt attempt, int instant, int entry, IReadOnlySet<int> used, bool optional)
    {
        var places = Unused(instant, entry, used);
        var matching = new InstantMatching([.. places.Select(timeline.KindOf)]);
        var last = attempt.Depth;
        var required = rules.RequiredFrom(last);
        while (required < rules.Steps && matching.TryGive(required))
        {
            required = rules.RequiredFrom(required + 1);
        }

        for (var step = last; optional && step < required; step++)
        {
            if (rules.IsOptional(step))
            {
                matching.TryGive(step);
            }
        }

        Take(attempt, instant, places, matching);
    }

    // One after the other, each at the first event after the step taken before it and before the next required one.
    private void TakeOptional(Attempt attempt, int first, int entry, IReadOnlySet<int> used)
    {
        var last = first;
        for (var step = 1; step < rules.Steps && (rules.IsOptional(step) || attempt.Took(step)); step++)
        {
            if (!rules.IsOptional(step))
            {
                last = InstantOf(attempt, step, last);
                continue;
            }

            var required = rules.RequiredFrom(step);
            var until =
                required < rules.Steps && attempt.Took(required)
                    ? attempt.MicrosOf(required)
                    : rules.WindowEnd(attempt.Entry);
            for (var i = last; i < timeline.Instants.Count && timeline.Instants[i].Micros <= until; i++)
            {
                if (TryTake(attempt, step, i, entry, used))
                {
                    last = i;
                    break;
                }
            }
        }
    }

    private int InstantOf(Attempt attempt, int step, int first)
    {
        while (!IsAt(attempt, step, first))
        {
            first++;
        }

        return first;
    }

    private bool IsAt(Attempt attempt, int step, int instant) =>
        attempt.MicrosOf(step) == timeline.Instants[instant].Micros;

    // The steps of the instant that are taken already keep an event each.
    private bool TryTake(Attempt attempt, int step, int instant, int entry, IReadOnlySet<int> used)
    {
        var places = Unused(instant, entry, used);
        var matching = new InstantMatching([.. places.Select(timeline.KindOf)]);
        foreach (
            var taken in Enumerable
                .Range(1, rules.Steps - 1)
                .Where(other => attempt.Took(other) && IsAt(attempt, other, instant))
        )
        {
            matching.TryGive(taken);
        }

        if (!matching.TryGive(step))
        {
            return false;
        }

        Take(attempt, instant, places, matching);
        return true;
    }

    private IReadOnlyList<int> Unused(int instant, int entry, IReadOnlySet<int> used) =>
        [.. timeline.Instants[instant].Places.Where(place => place != entry && !used.Contains(place))];

    private void Take(Attempt attempt, int instant, IReadOnlyList<int> places, InstantMatching matching)
    {
        for (var item = 0; item < places.Count; item++)
        {
            if (matching.StepOf(item) is >= 0 and var step)
            {
                attempt.Take(step, places[item], timeline.Instants[instant].Micros);
            }
        }
    }

    // Taints the attempt, and ends it at its completion or at the first event that taints it.
    private void Judge(Attempt attempt)
    {
        attempt.EndedAt = attempt.Took(rules.Steps - 1) ? attempt.Completion : null;
        for (var exclusion = 0; exclusion < rules.Exclusions.Count; exclusion++)
        {
            var (after, until) = ExclusionSpan.Of(attempt, rules, rules.Exclusions[exclusion]);
            var excluded = timeline.FindExcluded(exclusion, after, until);
            if (excluded >= 0)
            {
                AttemptEnd.Taint(attempt, excluded, timeline.Events[excluded].Micros);
            }
        }
    }
}
