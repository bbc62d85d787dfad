namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// Gives the events of one instant to steps, each event to at most one, in the order that helps: when the only events that
/// can take a step are given away, their steps move to other events (a bipartite matching by augmenting paths, after Kuhn).
/// </summary>
/// <param name="kinds">The events, by what they can take.</param>
internal sealed class InstantMatching(IReadOnlyList<EventKind> kinds)
{
    private readonly int[] _stepOf = Enumerable.Repeat(-1, kinds.Count).ToArray();

    /// <summary>The step that an event took, or -1.</summary>
    public int StepOf(int item) => _stepOf[item];

    /// <summary>Gives the step an event, if that can be without taking one from another step.</summary>
    public bool TryGive(int step) => TryGive(step, new bool[kinds.Count]);

    private bool TryGive(int step, bool[] tried)
    {
        for (var item = 0; item < kinds.Count; item++)
        {
            if (!tried[item] && kinds[item].Takes(step))
            {
                tried[item] = true;
                if (_stepOf[item] < 0 || TryGive(_stepOf[item], tried))
                {
                    _stepOf[item] = step;
                    return true;
                }
            }
        }

        return false;
    }
}
