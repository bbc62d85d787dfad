namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// How many events of each run are used up: equal events of one instant form a run in <see cref="UnitIndex"/>, and which of
/// them is used makes no difference. Not thread safe.
/// </summary>
internal sealed class UsedEvents
{
    private readonly Dictionary<int, int> _counts = [];

    /// <summary>No event is used: always empty.</summary>
    public static UsedEvents None { get; } = new();

    /// <summary>The events used of the run that begins with an event.</summary>
    public int Of(int run) => _counts.Count == 0 ? 0 : _counts.GetValueOrDefault(run);

    /// <summary>Uses one more.</summary>
    public void Add(int run) => _counts[run] = Of(run) + 1;

    public void Clear() => _counts.Clear();
}
