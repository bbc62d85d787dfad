using Sluice.Core.Statistics;

namespace Sluice.Core.Funnels.Answers;

/// <summary>The steps of the units that share the values of the breakdown.</summary>
/// <param name="Values">A value per breakdown: text, a number, a truth value, a date, an instant or null. Empty for the total.</param>
/// <param name="Steps">The counts per step.</param>
public sealed record FunnelSegment(IReadOnlyList<object?> Values, IReadOnlyList<FunnelStepAnswer> Steps)
{
    /// <summary>Conversion from the first to the last step once all windows are over, estimated; null where they are, or nothing can be said.</summary>
    public KaplanMeierEstimate? Estimate { get; init; }

    /// <summary>Time from the first to the last step; null where nobody came there and without times.</summary>
    public StepTimes? TimeToConvert { get; init; }

    /// <summary>How the times from the first to the last step are spread, in microseconds; null where there are none.</summary>
    public Histogram? Histogram { get; init; }
}
