namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// Counts units as <see cref="FunnelEvaluator"/> defines it, fast and without allocation where one attempt counts: its
/// buffers are used again from unit to unit. Not thread safe.
/// </summary>
public sealed class UnitEvaluator
{
    private readonly FunnelRules _rules;
    private readonly UnitIndex _unit;
    private readonly IAttemptSearch _search;
    private readonly AttemptChoice _choice;
    private readonly UnitGroups _groups = new();
    private readonly UsedEvents _used = new();
    private readonly List<Attempt> _attempts = [];
    private readonly List<Attempt> _excluded = [];
    private readonly UnitOutcome _outcome;

    /// <summary>Makes an evaluator for a funnel.</summary>
    public UnitEvaluator(FunnelRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = rules;
        _unit = new(rules);
        _search =
            rules.Order == FunnelOrder.Unordered ? new UnorderedSearch(_unit, rules) : new OrderedSearch(_unit, rules);
        _choice = new(rules);
        _outcome = new(_attempts, _excluded);
    }

    /// <summary>Counts one unit.</summary>
    /// <param name="events">All its events, in any order; fastest by time.</param>
    /// <returns>How it is counted: valid until the next call.</returns>
    public UnitOutcome Evaluate(IReadOnlyList<FunnelEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (_rules.Semantics == FunnelSemantics.WindowFunnel || _rules.Order == FunnelOrder.Open)
        {
            // Both are one pass by their definition.
            return FunnelEvaluator.Evaluate(events, _rules);
        }

        _attempts.Clear();
        _excluded.Clear();
        _groups.Load(events);
        if (_rules.Entry == FunnelEntry.Every)
        {
            for (var group = 0; group < _groups.Count; group++)
            {
                Every(events, group);
            }

            return _outcome;
        }

        _choice.Clear();
        var first = _rules.Entry == FunnelEntry.First ? FirstEntry(events) : null;
        for (var group = 0; group < _groups.Count; group++)
        {
            _unit.Load(events, _groups[group]);
            Offer(first);
        }

        if (_choice.Any)
        {
            (_choice.Best.IsTainted ? _excluded : _attempts).Add(_choice.Best);
        }

        return _outcome;
    }

    private void Offer(long? onlyAt)
    {
        for (
            var instant = _search.NextEntry(0, UsedEvents.None);
            instant < _unit.Instants;
            instant = _search.NextEntry(instant + 1, UsedEvents.None)
        )
        {
            if (_rules.Entry == FunnelEntry.First && _unit.MicrosAt(instant) != onlyAt)
            {
                return;
            }

            _search.BestAt(instant, UsedEvents.None, _choice);
        }
    }

    private long? FirstEntry(IReadOnlyList<FunnelEvent> events)
    {
        long? first = null;
        for (var group = 0; group < _groups.Count; group++)
        {
            _unit.Load(events, _groups[group]);
            var entry = _search.NextEntry(0, UsedEvents.None);
            if (entry < _unit.Instants && (first is null || _unit.MicrosAt(entry) < first))
            {
                first = _unit.MicrosAt(entry);
            }
        }

        return first;
    }

    private void Every(IReadOnlyList<FunnelEvent> events, int group)
    {
        _unit.Load(events, _groups[group]);
        _used.Clear();
        for (
            var instant = _search.NextEntry(0, UsedEvents.None);
            instant < _unit.Instants;
            instant = _search.NextEntry(instant, _used)
        )
        {
            var choice = new AttemptChoice(_rules);
            _search.BestAt(instant, _used, choice);
            (choice.Best.IsTainted ? _excluded : _attempts).Add(choice.Best);
            instant = Close(events, choice.Best);
        }
    }

    // The next may begin at the instant of the event that ended this one, with another event; else after its window.
    private int Close(IReadOnlyList<FunnelEvent> events, Attempt attempt)
    {
        if (attempt.EndedAt is not { } end)
        {
            _used.Clear();
            var window = _rules.WindowEnd(attempt.Entry);
            return window == long.MaxValue ? _unit.Instants : _unit.InstantAt(window + 1);
        }

        var instant = _unit.InstantAt(end);
        // Attempts that begin and end at one instant use up its events one after the other.
        if (end != attempt.Entry)
        {
            _used.Clear();
        }

        Use(events, attempt.TaintedBy, instant, end);
        foreach (var place in attempt.Places)
        {
            Use(events, place, instant, end);
        }

        return instant;
    }

    private void Use(IReadOnlyList<FunnelEvent> events, int place, int instant, long end)
    {
        if (place < 0 || events[place].Micros != end)
        {
            return;
        }

        var run = _unit.StartOf(instant);
        while (KindOrder.Instance.Compare(_unit.KindOf(run), events[place].Kind) != 0)
        {
            run = _unit.RunEnd(run);
        }

        _used.Add(run);
    }
}
