using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Sluice.Core.Statistics;

/// <summary>The normal distribution of mean 0 and deviation 1.</summary>
internal static class StandardNormal
{
    /// <summary>The value that a draw is below with that probability.</summary>
    /// <param name="probability">Between 0 and 1, neither inside.</param>
    public static double Quantile(double probability) => Normal.InvCDF(0, 1, probability);

    /// <summary>The deviation from 0 that a draw stays within with that probability: 1.96 for 0.95.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static double Within(double confidence) =>
        confidence is > 0 and < 1
            ? -Quantile((1 - confidence) / 2)
            : throw new ArgumentOutOfRangeException(
                nameof(confidence),
                confidence,
                "A confidence lies between 0 and 1, neither inside."
            );

    /// <summary>The probability of a draw at least that far from 0, on either side.</summary>
    public static double Beyond(double deviation) => SpecialFunctions.Erfc(Math.Abs(deviation) / Math.Sqrt(2));
}
