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
    private IReadOnlyList<FunnelEvent> _events = [];
    private bool _isLoaded;
    private long _fromMicros;
    private long _toMicros;
    private int _first;
    private int _until;

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
        if (IsOnePass)
        {
            return FunnelEvaluator.Evaluate(events, _rules);
        }

        _groups.Load(events);
        (_events, _isLoaded) = (events, false);
        return Count(_rules.FromMicros, _rules.ToMicros);
    }

    /// <summary>Takes in a unit for <see cref="EvaluateEntries"/>, so that ranges of it cost no more than their entries.</summary>
    /// <returns>Whether it could: not where there are several groups, nor where a unit is counted in one pass.</returns>
    internal bool TryLoad(IReadOnlyList<FunnelEvent> events)
    {
        if (IsOnePass)
        {
            return false;
        }

        _groups.Load(events);
        if (_groups.Count > 1)
        {
            return false;
        }

        (_events, _isLoaded) = (events, true);
        _unit.Load(events, _groups.Count == 0 ? [] : _groups[0]);
        return true;
    }

    /// <summary>Counts the unit that was loaded, where attempts may begin from an instant to before another.</summary>
    /// <returns>How it is counted: valid until the next call.</returns>
    internal UnitOutcome EvaluateEntries(long fromMicros, long toMicros) => Count(fromMicros, toMicros);

    // Both are one pass by their definition.
    private bool IsOnePass => _rules.Semantics == FunnelSemantics.WindowFunnel || _rules.Order == FunnelOrder.Open;

    private UnitOutcome Count(long fromMicros, long toMicros)
    {
        (_fromMicros, _toMicros) = (fromMicros, toMicros);
        _attempts.Clear();
        _excluded.Clear();
        if (_rules.Entry == FunnelEntry.Every)
        {
            for (var group = 0; group < _groups.Count; group++)
            {
                Every(group);
            }

            return _outcome;
        }

        _choice.Clear();
        var first = _rules.Entry == FunnelEntry.First ? FirstEntry() : null;
        for (var group = 0; group < _groups.Count; group++)
        {
            Load(group);
            Offer(first);
        }

        if (_choice.Any)
        {
            (_choice.Best.IsTainted ? _excluded : _attempts).Add(_choice.Best);
        }

        return _outcome;
    }

    private void Load(int group)
    {
        if (!_isLoaded)
        {
            _unit.Load(_events, _groups[group]);
        }

        _first = _unit.InstantAt(_fromMicros);
        _until = _toMicros == long.MaxValue ? _unit.Instants : _unit.InstantAt(_toMicros);
    }

    private void Offer(long? onlyAt)
    {
        for (
            var instant = NextEntry(_first, UsedEvents.None);
            instant < _until;
            instant = NextEntry(instant + 1, UsedEvents.None)
        )
        {
            if (_rules.Entry == FunnelEntry.First && _unit.MicrosAt(instant) != onlyAt)
            {
                return;
            }

            _search.BestAt(instant, UsedEvents.None, _choice);
        }
    }

    private int NextEntry(int from, UsedEvents used) => _search.NextEntry(from, _until, used);

    private long? FirstEntry()
    {
        long? first = null;
        for (var group = 0; group < _groups.Count; group++)
        {
            Load(group);
            var entry = NextEntry(_first, UsedEvents.None);
            if (entry < _until && (first is null || _unit.MicrosAt(entry) < first))
            {
                first = _unit.MicrosAt(entry);
            }
        }

        return first;
    }

    private void Every(int group)
    {
        Load(group);
        _used.Clear();
        for (var instant = NextEntry(_first, UsedEvents.None); instant < _until; instant = NextEntry(instant, _used))
        {
            var choice = new AttemptChoice(_rules);
            _search.BestAt(instant, _used, choice);
            (choice.Best.IsTainted ? _excluded : _attempts).Add(choice.Best);
            instant = Close(_events, choice.Best);
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
