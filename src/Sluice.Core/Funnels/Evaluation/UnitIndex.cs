using System.Runtime.InteropServices;

namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// The events of one group of a unit by instant, and for each step and exclusion where its next event is: an attempt then
/// costs a search per step in place of a walk over all events. Buffers are used again from unit to unit. Not thread safe.
/// </summary>
/// <param name="rules">The funnel.</param>
internal sealed class UnitIndex(FunnelRules rules)
{
    private readonly List<int> _places = [];
    private readonly List<int> _starts = [];
    private readonly List<int> _runEnds = [];
    private readonly List<int>[] _instantsOf = Lists(rules.Steps);
    private readonly List<int>[] _excluded = Lists(rules.Exclusions.Count);
    private readonly List<EventKind> _kinds = [];
    private readonly List<List<int>> _eventsOf = [];
    private readonly Dictionary<EventKind, int> _copies = [];
    private IReadOnlyList<FunnelEvent> _events = [];

    /// <summary>Events in all, in the order of time.</summary>
    public int Count => _places.Count;

    /// <summary>Instants with an event.</summary>
    public int Instants => _starts.Count;

    /// <summary>The kinds that take a step; their events are <see cref="EventsOf"/>.</summary>
    public int Kinds => _kinds.Count;

    /// <summary>Takes in some of a unit's events.</summary>
    /// <param name="events">All events of the unit, in any order.</param>
    /// <param name="places">Where in them those of one group are.</param>
    public void Load(IReadOnlyList<FunnelEvent> events, ReadOnlySpan<int> places)
    {
        Clear();
        _events = events;
        Select(places);
        DropCopies();
        for (var item = 0; item < _places.Count; item++)
        {
            Enter(item);
        }

        FindRuns();
    }

    /// <summary>The place of an event among the unit's.</summary>
    public int PlaceOf(int item) => _places[item];

    public long MicrosOf(int item) => _events[_places[item]].Micros;

    public EventKind KindOf(int item) => _events[_places[item]].Kind;

    public long MicrosAt(int instant) => MicrosOf(_starts[instant]);

    /// <summary>The first event of an instant; the end of the last where there is no such instant.</summary>
    public int StartOf(int instant) => instant < _starts.Count ? _starts[instant] : _places.Count;

    public EventKind Kind(int kind) => _kinds[kind];

    /// <summary>Where the run that begins with an event ends: equal events of one instant that lie side by side.</summary>
    public int RunEnd(int item) => _runEnds[item];

    /// <summary>The events of a kind, in the order of time.</summary>
    public ReadOnlySpan<int> EventsOf(int kind) => CollectionsMarshal.AsSpan(_eventsOf[kind]);

    /// <summary>The first instant at or after one that has an event for a step; <see cref="Instants"/> where none has.</summary>
    public int NextInstant(int step, int from)
    {
        var instants = CollectionsMarshal.AsSpan(_instantsOf[step]);
        var at = LowerBound(instants, from);
        return at < instants.Length ? instants[at] : Instants;
    }

    /// <summary>The first instant at or after a time.</summary>
    public int InstantAt(long micros)
    {
        var (low, high) = (0, Instants);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = MicrosAt(middle) < micros ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The first event of an exclusion that lies after one time and not after another; -1 where none does.</summary>
    public int FindExcluded(int exclusion, long after, long until)
    {
        if (after == long.MaxValue)
        {
            return -1;
        }

        var excluded = CollectionsMarshal.AsSpan(_excluded[exclusion]);
        var at = LowerBound(excluded, StartOf(InstantAt(after + 1)));
        return at < excluded.Length && MicrosOf(excluded[at]) <= until ? excluded[at] : -1;
    }

    private void Clear()
    {
        _places.Clear();
        _starts.Clear();
        _runEnds.Clear();
        _copies.Clear();
        foreach (var list in _instantsOf)
        {
            list.Clear();
        }

        foreach (var list in _excluded)
        {
            list.Clear();
        }

        _kinds.Clear();
    }

    private void Select(ReadOnlySpan<int> places)
    {
        var isSorted = true;
        var last = long.MinValue;
        foreach (var place in places)
        {
            var item = _events[place];
            if (!rules.IsSeen(item.Micros))
            {
                continue;
            }

            _places.Add(place);
            // Where every attempt counts, it matters which event of an instant is left for the next.
            isSorted &= item.Micros > last || (item.Micros == last && rules.Entry != FunnelEntry.Every);
            last = item.Micros;
        }

        if (!isSorted)
        {
            _places.Sort(CompareTimes);
        }
    }

    private int CompareTimes(int a, int b)
    {
        var order = _events[a].Micros.CompareTo(_events[b].Micros);
        order = order != 0 ? order : KindOrder.Instance.Compare(_events[a].Kind, _events[b].Kind);
        return order != 0 ? order : a.CompareTo(b);
    }

    // Of equal events at one instant an attempt can use one per step: more of them change nothing, and would be looked at
    // again and again. Where every attempt counts they do.
    private void DropCopies()
    {
        if (rules.Entry == FunnelEntry.Every)
        {
            return;
        }

        var kept = 0;
        for (var item = 0; item < _places.Count; item++)
        {
            if (item > 0 && MicrosOf(item) != _events[_places[kept - 1]].Micros)
            {
                _copies.Clear();
            }

            ref var copies = ref CollectionsMarshal.GetValueRefOrAddDefault(_copies, KindOf(item), out _);
            if (copies++ < rules.Steps)
            {
                _places[kept++] = _places[item];
            }
        }

        _places.RemoveRange(kept, _places.Count - kept);
    }

    private void FindRuns()
    {
        CollectionsMarshal.SetCount(_runEnds, _places.Count);
        for (var item = _places.Count - 1; item >= 0; item--)
        {
            var goesOn =
                item + 1 < _places.Count
                && MicrosOf(item + 1) == MicrosOf(item)
                && KindOrder.Instance.Compare(KindOf(item + 1), KindOf(item)) == 0;
            _runEnds[item] = goesOn ? _runEnds[item + 1] : item + 1;
        }
    }

    private void Enter(int item)
    {
        if (item == 0 || MicrosOf(item) != MicrosOf(item - 1))
        {
            _starts.Add(item);
        }

        var kind = KindOf(item);
        var instant = _starts.Count - 1;
        foreach (var step in kind.StepArray)
        {
            var instants = _instantsOf[step];
            if (instants.Count == 0 || instants[^1] != instant)
            {
                instants.Add(instant);
            }
        }

        foreach (var exclusion in kind.ExclusionArray)
        {
            if (exclusion < _excluded.Length)
            {
                _excluded[exclusion].Add(item);
            }
        }

        if (rules.Order == FunnelOrder.Unordered && kind.StepArray.Length > 0)
        {
            EventListOf(kind).Add(item);
        }
    }

    private List<int> EventListOf(EventKind kind)
    {
        for (var at = 0; at < _kinds.Count; at++)
        {
            if (KindOrder.Instance.Compare(_kinds[at], kind) == 0)
            {
                return _eventsOf[at];
            }
        }

        _kinds.Add(kind);
        if (_eventsOf.Count < _kinds.Count)
        {
            _eventsOf.Add([]);
        }

        _eventsOf[_kinds.Count - 1].Clear();
        return _eventsOf[_kinds.Count - 1];
    }

    private static int LowerBound(ReadOnlySpan<int> ascending, int value)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ascending[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static List<int>[] Lists(int count)
    {
        var lists = new List<int>[count];
        for (var i = 0; i < count; i++)
        {
            lists[i] = [];
        }

        return lists;
    }
}
