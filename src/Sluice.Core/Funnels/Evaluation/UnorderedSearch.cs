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

    public int NextEntry(int from, HashSet<int> used)
    {
        for (
            var instant = Math.Max(from, unit.InstantAt(rules.FromMicros));
            instant < unit.Instants && rules.MayBegin(unit.MicrosAt(instant));
            instant++
        )
        {
            for (var item = unit.StartOf(instant); item < unit.StartOf(instant + 1); item++)
            {
                if (unit.KindOf(item).StepArray.Length > 0 && !used.Contains(item))
                {
                    return instant;
                }
            }
        }

        return unit.Instants;
    }

    public void BestAt(int instant, HashSet<int> used, AttemptChoice choice)
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

    private void Collect(int start, HashSet<int> used)
    {
        _candidates.Clear();
        for (var kind = 0; kind < unit.Kinds; kind++)
        {
            var events = unit.EventsOf(kind);
            var at = events.BinarySearch(start);
            var taken = 0;
            for (var i = at < 0 ? ~at : at; i < events.Length && taken < rules.Steps; i++)
            {
                if (!used.Contains(events[i]))
                {
                    _candidates.Add(events[i]);
                    taken++;
                }
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
