using Sluice.Core.Statistics;

namespace Sluice.Core.Funnels.Answers;

/// <summary>How a segment's conversion from the previous step compares with that of all other units of the funnel.</summary>
/// <param name="Difference">The segment's conversion less that of the rest.</param>
/// <param name="DifferenceInterval">Where the true difference lies, 95 %.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="QValue">The same, corrected for all tests of the answer.</param>
/// <param name="SmallestEffect">The smallest difference that samples of this size show four times of five; null where the rest's rate is 0 or 1.</param>
public sealed record StepTest(
    double Difference,
    Interval DifferenceInterval,
    double PValue,
    double QValue,
    double? SmallestEffect
);
