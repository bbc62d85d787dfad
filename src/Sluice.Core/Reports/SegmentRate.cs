using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Statistics;

namespace Sluice.Core.Reports;

/// <summary>A conversion by which segments are compared.</summary>
/// <param name="Title">What it is: <c>Search → Payment</c>.</param>
/// <param name="Step">The step it leads to, from 0.</param>
/// <param name="IsFromFirst">Whether it is that of the first step and not of the previous one.</param>
internal sealed record SegmentRate(string Title, int Step, bool IsFromFirst)
{
    public static SegmentRate FromPrevious(FunnelDefinition funnel, int step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, funnel.Steps.Count);
        var names = StepNames.Of(funnel);
        return new($"{names[FunnelNames.PreviousOf(funnel, step)]} → {names[step]}", step, IsFromFirst: false);
    }

    public static SegmentRate FromFirst(FunnelDefinition funnel)
    {
        var names = StepNames.Of(funnel);
        return new($"{names[0]} → {names[^1]}", names.Count - 1, IsFromFirst: true);
    }

    public double? Of(FunnelSegment segment) =>
        Figures.Finite(
            IsFromFirst ? segment.Steps[Step].Count.ConversionFromFirst : segment.Steps[Step].Count.Conversion
        );

    public Interval? IntervalOf(FunnelSegment segment) =>
        IsFromFirst ? segment.Steps[Step].ConversionFromFirstInterval : segment.Steps[Step].ConversionInterval;

    /// <summary>Units of which it is a share.</summary>
    public long SampleOf(FunnelSegment segment) =>
        IsFromFirst ? segment.Steps[Step].Count.First : segment.Steps[Step].Count.Previous ?? 0;

    /// <summary>The comparison with the rest; null from the first step, which is not tested.</summary>
    public StepTest? TestOf(FunnelSegment segment) => IsFromFirst ? null : segment.Steps[Step].Test;
}
