namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// The attempts of an ordered or strict funnel over a <see cref="UnitIndex"/>: what <see cref="OrderedAttempts"/> defines, in
/// the number of entries times steps times a logarithm. Not thread safe.
/// </summary>
/// <param name="unit">The unit's events.</param>
/// <param name="rules">The funnel.</param>
internal sealed class OrderedSearch(UnitIndex unit, FunnelRules rules) : IAttemptSearch
{
    private readonly SlotMatching _matching = new(rules.Steps);

    private bool IsStrict => rules.Order == FunnelOrder.Strict;

    public int NextEntry(int from, int until, UsedEvents used)
    {
        for (var instant = unit.NextInstant(0, from); instant < until; instant = unit.NextInstant(0, instant + 1))
        {
            for (var run = unit.StartOf(instant); run < unit.StartOf(instant + 1); run = unit.RunEnd(run))
            {
                if (unit.KindOf(run).Takes(0) && run + used.Of(run) < unit.RunEnd(run))
                {
                    return instant;
                }
            }
        }

        return unit.Instants;
    }

    public void BestAt(int instant, UsedEvents used, AttemptChoice choice)
    {
        for (var run = unit.StartOf(instant); run < unit.StartOf(instant + 1); run = unit.RunEnd(run))
        {
            var entry = run + used.Of(run);
            if (unit.KindOf(run).Takes(0) && entry < unit.RunEnd(run) && IsFirstOfKind(run, instant))
            {
                Follow(choice.Next, instant, entry, used);
                choice.Offer();
            }
        }
    }

    // Entries of one kind at one instant make the same attempts.
    private bool IsFirstOfKind(int run, int instant)
    {
        for (var other = unit.StartOf(instant); other < run; other = unit.RunEnd(other))
        {
            if (unit.KindOf(other) == unit.KindOf(run))
            {
                return false;
            }
        }

        return true;
    }

    private void Follow(Attempt attempt, int instant, int entry, UsedEvents used)
    {
        attempt.Reset();
        attempt.Take(0, unit.PlaceOf(entry), unit.MicrosOf(entry));
        var end = rules.WindowEnd(attempt.Entry);
        var first = instant;
        if (unit.StartOf(instant + 1) - unit.StartOf(instant) > 1)
        {
            Advance(attempt, instant, entry, used);
        }

        while (attempt.Depth < rules.Steps)
        {
            var next = NextOf(attempt.Depth, instant + 1);
            if (next == unit.Instants || unit.MicrosAt(next) > end || (IsStrict && next > instant + 1))
            {
                break;
            }

            instant = next;
            Advance(attempt, instant, entry, used);
        }

        if (!IsStrict && rules.Optional.Count > 0)
        {
            TakeOptional(attempt, first, entry, used);
        }

        Judge(attempt);
    }

    // The next instant with an event for the next required step, or where nothing may lie between, for an optional one before it.
    private int NextOf(int depth, int from)
    {
        var required = rules.RequiredFrom(depth);
        var next = required < rules.Steps ? unit.NextInstant(required, from) : unit.Instants;
        for (var step = depth; IsStrict && step < required; step++)
        {
            next = Math.Min(next, unit.NextInstant(step, from));
        }

        return next;
    }

    private void Advance(Attempt attempt, int instant, int entry, UsedEvents used)
    {
        Fill(instant, entry, used);
        var last = attempt.Depth;
        var required = rules.RequiredFrom(last);
        while (required < rules.Steps && _matching.TryGive(required))
        {
            required = rules.RequiredFrom(required + 1);
        }

        for (var step = last; IsStrict && step < required; step++)
        {
            if (rules.IsOptional(step))
            {
                _matching.TryGive(step);
            }
        }

        Take(attempt);
    }

    private void TakeOptional(Attempt attempt, int first, int entry, UsedEvents used)
    {
        var last = first;
        for (var step = 1; step < rules.Steps && (rules.IsOptional(step) || attempt.Took(step)); step++)
        {
            if (!rules.IsOptional(step))
            {
                last = unit.InstantAt(attempt.MicrosOf(step));
                continue;
            }

            var required = rules.RequiredFrom(step);
            var until =
                required < rules.Steps && attempt.Took(required)
                    ? attempt.MicrosOf(required)
                    : rules.WindowEnd(attempt.Entry);
            var instant = unit.NextInstant(step, last);
            while (instant < unit.Instants && unit.MicrosAt(instant) <= until)
            {
                if (TryTake(attempt, step, instant, entry, used))
                {
                    last = instant;
                    break;
                }

                instant = unit.NextInstant(step, instant + 1);
            }
        }
    }

    private bool TryTake(Attempt attempt, int step, int instant, int entry, UsedEvents used)
    {
        Fill(instant, entry, used);
        for (var taken = 1; taken < rules.Steps; taken++)
        {
            if (attempt.Took(taken) && attempt.MicrosOf(taken) == unit.MicrosAt(instant))
            {
                _matching.TryGive(taken);
            }
        }

        if (!_matching.TryGive(step))
        {
            return false;
        }

        Take(attempt);
        return true;
    }

    private void Fill(int instant, int entry, UsedEvents used)
    {
        _matching.Clear();
        for (var run = unit.StartOf(instant); run < unit.StartOf(instant + 1); run = unit.RunEnd(run))
        {
            var kind = unit.KindOf(run);
            var first = run + used.Of(run);
            // Of equal events no more can be used than there are steps; one may be the entry.
            var end = Math.Min(unit.RunEnd(run), first + rules.Steps + 1);
            for (var item = first; kind.StepArray.Length > 0 && item < end; item++)
            {
                if (item != entry)
                {
                    _matching.Add(item, kind);
                }
            }
        }
    }

    private void Take(Attempt attempt)
    {
        for (var step = 1; step < rules.Steps; step++)
        {
            if (_matching.ItemOf(step) is >= 0 and var item)
            {
                attempt.Take(step, unit.PlaceOf(item), unit.MicrosOf(item));
            }
        }
    }

    private void Judge(Attempt attempt)
    {
        attempt.EndedAt = attempt.Took(rules.Steps - 1) ? attempt.Completion : null;
        for (var exclusion = 0; exclusion < rules.Exclusions.Count; exclusion++)
        {
            var (after, until) = ExclusionSpan.Of(attempt, rules, rules.Exclusions[exclusion]);
            var excluded = unit.FindExcluded(exclusion, after, until);
            if (excluded >= 0)
            {
                AttemptEnd.Taint(attempt, unit.PlaceOf(excluded), unit.MicrosOf(excluded));
            }
        }
    }
}
