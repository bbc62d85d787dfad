using System.Runtime.InteropServices;

namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// The groups of a unit's events, each with the places of its events in their order; an event that belongs to none is left
/// out. Buffers are used again from unit to unit. Not thread safe.
/// </summary>
internal sealed class UnitGroups
{
    private readonly List<int> _places = [];
    private readonly List<int> _starts = [];

    /// <summary>The number of groups with an event.</summary>
    public int Count => _starts.Count;

    /// <summary>The places of a group's events.</summary>
    public ReadOnlySpan<int> this[int group]
    {
        get
        {
            var end = group + 1 < _starts.Count ? _starts[group + 1] : _places.Count;
            return CollectionsMarshal.AsSpan(_places)[_starts[group]..end];
        }
    }

    public void Load(IReadOnlyList<FunnelEvent> events)
    {
        _places.Clear();
        _starts.Clear();
        var isSorted = true;
        for (var place = 0; place < events.Count; place++)
        {
            if (events[place].Group >= 0)
            {
                isSorted &= _places.Count == 0 || events[_places[^1]].Group <= events[place].Group;
                _places.Add(place);
            }
        }

        // Mostly there is one group.
        if (!isSorted)
        {
            SortByGroup(events);
        }

        for (var i = 0; i < _places.Count; i++)
        {
            if (i == 0 || events[_places[i]].Group != events[_places[i - 1]].Group)
            {
                _starts.Add(i);
            }
        }
    }

    // By itself: what the comparison captures would else be allocated for each unit.
    private void SortByGroup(IReadOnlyList<FunnelEvent> events) =>
        _places.Sort((a, b) => (events[a].Group, a).CompareTo((events[b].Group, b)));
}
