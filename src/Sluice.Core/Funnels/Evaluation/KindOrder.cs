namespace Sluice.Core.Funnels.Evaluation;

/// <summary>
/// The order in which events of one instant are looked at, whichever way they are stored: that of the fewest steps first, so
/// that an event that fits more of them is left for another.
/// </summary>
internal sealed class KindOrder : IComparer<EventKind>
{
    public static KindOrder Instance { get; } = new();

    public int Compare(EventKind? x, EventKind? y)
    {
        if (ReferenceEquals(x, y))
        {
            return 0;
        }

        var order = x!.StepArray.Length.CompareTo(y!.StepArray.Length);
        order = order != 0 ? order : x.StepArray.AsSpan().SequenceCompareTo(y.StepArray);
        order = order != 0 ? order : x.ExclusionArray.Length.CompareTo(y.ExclusionArray.Length);
        return order != 0 ? order : x.ExclusionArray.AsSpan().SequenceCompareTo(y.ExclusionArray);
    }
}
