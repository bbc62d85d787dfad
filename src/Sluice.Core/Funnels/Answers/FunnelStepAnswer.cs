using Sluice.Core.Statistics;

namespace Sluice.Core.Funnels.Answers;

/// <summary>One step of one segment.</summary>
/// <param name="Count">Its integers and rates.</param>
public sealed record FunnelStepAnswer(StepCount Count)
{
    /// <summary>Units of <see cref="StepCount.Count"/> whose window is still open at the watermark; null without a window.</summary>
    public long? Immature { get; init; }

    /// <summary>Time from the previous step; null of the first step, where nobody took it and without times.</summary>
    public StepTimes? Times { get; init; }

    /// <summary>Where the true conversion from the previous step lies, 95 %; null under the minimum sample at that step, and of the first.</summary>
    public Interval? ConversionInterval { get; init; }

    /// <summary>Where the true conversion from the first step lies, 95 %; null under the minimum sample at the first step, and of that step.</summary>
    public Interval? ConversionFromFirstInterval { get; init; }

    /// <summary>The comparison with the rest; null of the total, under the minimum sample and where segments overlap.</summary>
    public StepTest? Test { get; init; }
}
