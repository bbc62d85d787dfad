namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// The attempts of an unordered funnel over a <see cref="UnitIndex"/>: what <see cref="UnorderedAttempts"/> defines, where of
/// each kind only as many events are looked at as there are steps. Not thread safe.
/// </summary>
/// <param name="unit">The unit's events.</param>
/// <param name="rules">The funnel.</param>
internal sealed class UnorderedSearch(UnitIndex unit, FunnelRules rules) : IAttemptSearch
{
    private readonly List<int> _candidates = [];
    private readonly EventKind?[] _filledBy = new EventKind?[rules.Steps];
    private readonly int[] _tried = new int[rules.Steps];
    private int _round;

    public int NextEntry(int from, int until, UsedEvents used)
    {
        for (var instant = from; instant < until; instant++)
        {
            for (var run = unit.StartOf(instant); run < unit.StartOf(instant + 1); run = unit.RunEnd(run))
            {
                if (unit.KindOf(run).StepArray.Length > 0 && run + used.Of(run) < unit.RunEnd(run))
                {
                    return instant;
                }
            }
        }

        return unit.Instants;
    }

    public void BestAt(int instant, UsedEvents used, AttemptChoice choice)
    {
        var attempt = choice.Next;
        attempt.Reset();
        Collect(unit.StartOf(instant), used);
        Array.Clear(_filledBy);
        var end = rules.WindowEnd(unit.MicrosAt(instant));
        foreach (var item in _candidates)
        {
            if (attempt.Depth == rules.Steps || unit.MicrosOf(item) > end)
            {
                break;
            }

            _round++;
            if (TryUse(unit.KindOf(item)))
            {
                attempt.Take(attempt.Depth, unit.PlaceOf(item), unit.MicrosOf(item));
            }
        }

        Judge(attempt);
        choice.Offer();
    }

    private void Collect(int start, UsedEvents used)
    {
        _candidates.Clear();
        for (var kind = 0; kind < unit.Kinds; kind++)
        {
            var events = unit.EventsOf(kind);
            var at = events.BinarySearch(start);
            at = at < 0 ? ~at : at;
            // Only events of the first instant can be used up: they are the next of their kind.
            at += at < events.Length ? used.Of(events[at]) : 0;
            for (var i = at; i < Math.Min(events.Length, at + rules.Steps); i++)
            {
                _candidates.Add(events[i]);
            }
        }

        _candidates.Sort();
    }

    private bool TryUse(EventKind kind)
    {
        foreach (var step in kind.StepArray)
        {
            if (_tried[step] == _round)
            {
                continue;
            }

            _tried[step] = _round;
            if (_filledBy[step] is not { } before || TryUse(before))
            {
                _filledBy[step] = kind;
                return true;
            }
        }

        return false;
    }

    private void Judge(Attempt attempt)
    {
        var complete = attempt.Depth == rules.Steps;
        attempt.EndedAt = complete ? attempt.Completion : null;
        var until = complete ? attempt.Completion - 1 : rules.WindowEnd(attempt.Entry);
        for (var exclusion = 0; exclusion < rules.Exclusions.Count; exclusion++)
        {
            var excluded = unit.FindExcluded(exclusion, attempt.Entry, until);
            if (excluded >= 0)
            {
                AttemptEnd.Taint(attempt, unit.PlaceOf(excluded), unit.MicrosOf(excluded));
            }
        }
    }
}
