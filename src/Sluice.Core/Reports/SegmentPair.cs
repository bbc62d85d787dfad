using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>A segment now and in the period before; null where it is not among those shown.</summary>
/// <param name="Names">Its values as people read them.</param>
/// <param name="Then">The segment in the period before.</param>
/// <param name="Now">The segment now.</param>
public sealed record SegmentPair(IReadOnlyList<string> Names, FunnelSegment? Then, FunnelSegment? Now)
{
    /// <summary>The change of the conversion from the first to the last step; null where one of both is not known.</summary>
    public double? Change => ConversionOf(Now) - ConversionOf(Then);

    /// <summary>The units at its first step.</summary>
    public static string EnteredOf(FunnelSegment? segment) =>
        segment is null ? Figures.None : Figures.Count(segment.Steps[0].Count.Count);

    /// <summary>Conversion from the first to the last step.</summary>
    public static double? ConversionOf(FunnelSegment? segment) => segment?.Steps[^1].Count.ConversionFromFirst;

    /// <summary>The segments of now in their order, and after them those that only the period before has.</summary>
    public static IReadOnlyList<SegmentPair> Of(FunnelAnswer answer, FunnelAnswer before)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(before);
        var then = before.Segments.ToDictionary(segment => segment.Values, SegmentOrder.Instance);
        var now = answer.Segments.Select(segment => segment.Values).ToHashSet(SegmentOrder.Instance);
        return
        [
            .. answer.Segments.Select(segment => Pair(segment.Values, then.GetValueOrDefault(segment.Values), segment)),
            .. before
                .Segments.Where(segment => !now.Contains(segment.Values))
                .Select(segment => Pair(segment.Values, segment, null)),
        ];

        SegmentPair Pair(IReadOnlyList<object?> values, FunnelSegment? before, FunnelSegment? segment) =>
            new(FunnelNames.Values(answer.Funnel, values), before, segment);
    }
}
