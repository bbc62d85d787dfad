namespace Sluice.Core.Funnels.Evaluation;

/// <summary>Fills steps with different events, one event after the other: the event's side of <see cref="InstantMatching"/>.</summary>
/// <param name="steps">The number of steps.</param>
internal sealed class EventMatching(int steps)
{
    private readonly EventKind?[] _filledBy = new EventKind?[steps];

    /// <summary>Uses the event for one step more, moving others to other steps where that helps.</summary>
    public bool TryUse(EventKind kind) => TryUse(kind, new bool[steps]);

    private bool TryUse(EventKind kind, bool[] tried)
    {
        foreach (var step in kind.Steps.Where(step => !tried[step]))
        {
            tried[step] = true;
            if (_filledBy[step] is not { } before || TryUse(before, tried))
            {
                _filledBy[step] = kind;
                return true;
            }
        }

        return false;
    }
}
