using Sluice.Core.Statistics;

namespace Sluice.Core.Funnels.Answers;

/// <summary>How long something took, over the attempts that count, in seconds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Median">The median; of an even number the mean of the middle two.</param>
/// <param name="P90">The time within which nine of ten were done, by linear interpolation.</param>
public sealed record StepTimes(double Mean, double Median, double P90)
{
    private const double MicrosPerSecond = 1e6;

    /// <summary>The times of some durations in microseconds; null without any.</summary>
    internal static StepTimes? Of(IReadOnlyList<ReadOnlyMemory<long>> micros)
    {
        var times = DurationSummary.Of(micros, unit: 1);
        return times.Count == 0
            ? null
            : new(
                times.MeanMicros / MicrosPerSecond,
                times.MedianMicros / MicrosPerSecond,
                times.P90Micros / MicrosPerSecond
            );
    }
}
