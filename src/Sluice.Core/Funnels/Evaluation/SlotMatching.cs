namespace Sluice.Core.Funnels.Evaluation;

/// <summary>What <see cref="InstantMatching"/> does, in buffers that are used again. Not thread safe.</summary>
/// <param name="steps">The number of steps.</param>
internal sealed class SlotMatching(int steps)
{
    private readonly int[] _slotOf = new int[steps];
    private readonly List<(int Item, EventKind Kind, int Step, int Tried)> _slots = [];
    private int _round;

    public void Clear()
    {
        Array.Fill(_slotOf, -1);
        _slots.Clear();
    }

    /// <summary>Adds an event that steps can be given.</summary>
    public void Add(int item, EventKind kind) => _slots.Add((item, kind, -1, 0));

    /// <summary>The event that a step was given; -1 where it was not.</summary>
    public int ItemOf(int step) => _slotOf[step] < 0 ? -1 : _slots[_slotOf[step]].Item;

    /// <summary>Gives the step an event, if that can be without taking one from another step.</summary>
    public bool TryGive(int step)
    {
        _round++;
        return Give(step);
    }

    private bool Give(int step)
    {
        for (var at = 0; at < _slots.Count; at++)
        {
            var slot = _slots[at];
            if (slot.Tried == _round || !slot.Kind.Takes(step))
            {
                continue;
            }

            _slots[at] = slot with { Tried = _round };
            if (slot.Step < 0 || Give(slot.Step))
            {
                _slots[at] = slot with { Tried = _round, Step = step };
                _slotOf[step] = at;
                return true;
            }
        }

        return false;
    }
}
