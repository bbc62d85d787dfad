namespace Sluice.Core.Funnels.Evaluation;

/// <summary>How attempts end, and where the next may begin.</summary>
internal static class AttemptEnd
{
    /// <summary>Taints and ends the attempt at an excluded event, unless an earlier one did.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="place">The event's place among the unit's.</param>
    /// <param name="micros">Its time.</param>
    public static void Taint(Attempt attempt, int place, long micros)
    {
        if (!attempt.IsTainted || micros < attempt.EndedAt)
        {
            (attempt.IsTainted, attempt.TaintedBy, attempt.EndedAt) = (true, place, micros);
        }
    }

    /// <summary>Marks what the attempt used, and says where the next may begin: at or after the event that ended it, else after its window.</summary>
    /// <returns>A place among the instants.</returns>
    public static int Close(Attempt attempt, UnitTimeline timeline, FunnelRules rules, ISet<int> used)
    {
        // What a tainted attempt took after its end is free again.
        used.UnionWith(
            attempt.Places.Where(place => timeline.Events[place].Micros <= (attempt.EndedAt ?? long.MaxValue))
        );
        if (attempt.TaintedBy >= 0)
        {
            used.Add(attempt.TaintedBy);
        }

        var first = attempt.EndedAt ?? rules.WindowEnd(attempt.Entry);
        var inclusive = attempt.EndedAt is not null;
        var next = 0;
        while (
            next < timeline.Instants.Count
            && (timeline.Instants[next].Micros < first || (timeline.Instants[next].Micros == first && !inclusive))
        )
        {
            next++;
        }

        return next;
    }
}
