namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// The evaluator of <c>semantics: window_funnel</c>: what ClickHouse's <c>windowFunnel</c> answers. One pass over pairs of
/// an event and a step that it matches, in the order of time, then of step; an event that matches none comes before them.
/// </summary>
internal static class WindowFunnel
{
    /// <summary>The attempt of the highest level.</summary>
    /// <param name="events">All events of the unit, in any order.</param>
    /// <param name="rules">The funnel.</param>
    public static UnitOutcome Evaluate(IReadOnlyList<FunnelEvent> events, FunnelRules rules)
    {
        var (chains, _) = Pass(events, rules);
        return OutcomeOf(chains, rules);
    }

    /// <summary>What ended the pass before a chain had all steps; null where nothing did.</summary>
    /// <param name="events">All events of the unit, in any order.</param>
    /// <param name="rules">The funnel.</param>
    public static PassEnd? EndOf(IReadOnlyList<FunnelEvent> events, FunnelRules rules) => Pass(events, rules).End;

    private static (IChains Chains, PassEnd? End) Pass(IReadOnlyList<FunnelEvent> events, FunnelRules rules)
    {
        var timeline = new UnitTimeline(events, Enumerable.Range(0, events.Count), rules);
        IChains chains = rules.Modes.HasFlag(WindowFunnelModes.StrictOnce)
            ? new ExclusiveChains(timeline, rules)
            : new SharingChains(rules);
        foreach (var instant in timeline.Instants)
        {
            var end = Take(instant, chains, timeline, rules);
            if (chains.Has(rules.Steps - 1))
            {
                break;
            }

            if (end is not null)
            {
                return (chains, end);
            }
        }

        return (chains, null);
    }

    /// <summary>Takes in the pairs of an instant; what ends the pass at it, or null where it goes on.</summary>
    private static PassEnd? Take(UnitTimeline.Instant instant, IChains chains, UnitTimeline timeline, FunnelRules rules)
    {
        var endsAtOthers = rules.Modes.HasFlag(WindowFunnelModes.StrictOrder);
        var endsAtEarly = endsAtOthers && !rules.Modes.HasFlag(WindowFunnelModes.AllowReentry);
        var endsAtRepeated = rules.Modes.HasFlag(WindowFunnelModes.StrictDeduplication);
        if (endsAtOthers && chains.Has(0))
        {
            var others = instant.Places.Where(place => timeline.KindOf(place).Steps.Count == 0).ToList();
            if (others.Count > 0)
            {
                return new(instant.Micros, others, PassEndReason.OfNoStep, Step: -1);
            }
        }

        chains.Begin(instant);
        foreach (var pairs in Pairs(instant, timeline, rules))
        {
            var step = pairs.Key;
            if (step > 0 && !chains.Has(step - 1))
            {
                if (endsAtEarly && chains.Has(0))
                {
                    return new(instant.Micros, [.. pairs], PassEndReason.TooEarly, step);
                }

                continue;
            }

            var mayRepeat = !endsAtRepeated || step == 0;
            // Of several events that can give the step at this instant the second repeats the first.
            if (!mayRepeat && (chains.Has(step) || chains.Extend(step, [.. pairs]) > 1))
            {
                return new(instant.Micros, [.. pairs], PassEndReason.Repeated, step);
            }

            if (mayRepeat)
            {
                chains.Extend(step, [.. pairs]);
            }
        }

        return null;
    }

    /// <summary>The events of an instant by the step that they match, the first step first.</summary>
    // An event of step 1 outside the reporting range begins nothing; it is nonetheless not one that matches no step.
    private static IEnumerable<IGrouping<int, int>> Pairs(
        UnitTimeline.Instant instant,
        UnitTimeline timeline,
        FunnelRules rules
    ) =>
        from place in instant.Places
        from step in timeline.KindOf(place).Steps
        where step > 0 || rules.MayBegin(instant.Micros)
        group place by step into pairs
        orderby pairs.Key
        select pairs;

    private static UnitOutcome OutcomeOf(IChains chains, FunnelRules rules)
    {
        var level = Enumerable.Range(0, rules.Steps).TakeWhile(chains.Has).Count();
        if (level == 0)
        {
            return UnitOutcome.None;
        }

        var entry = chains.At(level - 1);
        var attempt = new Attempt(rules.Steps);
        attempt.Take(0, entry.FirstEvent, entry.FirstMicros);
        for (var step = 1; step < level; step++)
        {
            attempt.TakeWithoutEvent(step);
        }

        return UnitOutcome.Of(attempt);
    }
}
