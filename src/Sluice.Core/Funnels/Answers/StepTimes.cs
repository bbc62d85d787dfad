using Sluice.Core.Statistics;

namespace Sluice.Core.Funnels.Answers;

/// <summary>How long something took, over the attempts that count, in seconds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Median">The median; of an even number the mean of the middle two.</param>
/// <param name="P90">The time within which nine of ten were done, by linear interpolation.</param>
public sealed record StepTimes(double Mean, double Median, double P90)
{
    private const double MicrosPerSecond = 1e6;

    /// <summary>The times of some durations in microseconds; null without any. Reorders them.</summary>
    internal static StepTimes? Of(Span<long> micros)
    {
        if (micros.IsEmpty)
        {
            return null;
        }

        // Exact: the sum of long durations of many units is more than a long holds.
        var sum = Int128.Zero;
        foreach (var value in micros)
        {
            sum += value;
        }

        return new(
            (double)sum / micros.Length / MicrosPerSecond,
            Quantile.Select(micros, 0.5)!.Value / MicrosPerSecond,
            Quantile.Select(micros, 0.9)!.Value / MicrosPerSecond
        );
    }
}
