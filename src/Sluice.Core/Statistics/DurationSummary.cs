using System.Numerics;

namespace Sluice.Core.Statistics;

/// <summary>How long something took, over all who did it. All exact; NaN where nobody did.</summary>
/// <remarks>
/// Quantiles are of type 7 of R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages" (1996), the default of NumPy and
/// R: the value at place (n − 1)q, counted from 0, linear between the two around it. They are as exact as a double: up to 2⁵³.
/// </remarks>
/// <param name="Count">How many durations there are.</param>
/// <param name="MeanMicros">The mean, in microseconds.</param>
/// <param name="MedianMicros">The median, in microseconds: of an even number the middle of the two.</param>
/// <param name="P90Micros">The 90th percentile, in microseconds.</param>
public readonly record struct DurationSummary(long Count, double MeanMicros, double MedianMicros, double P90Micros)
{
    /// <summary>Of no durations.</summary>
    public static readonly DurationSummary None = new(0, double.NaN, double.NaN, double.NaN);

    /// <summary>Of some durations.</summary>
    /// <param name="durations">The durations, in any order, in some chunks; not negative.</param>
    /// <param name="unit">Microseconds of their unit.</param>
    internal static DurationSummary Of<T>(IReadOnlyList<ReadOnlyMemory<T>> durations, long unit)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (count, sum) = (0L, Int128.Zero);
        foreach (var chunk in durations)
        {
            count += chunk.Length;
            for (var rest = chunk.Span; !rest.IsEmpty; rest = rest[Math.Min(AtOnce, rest.Length)..])
            {
                sum += SumOf(rest[..Math.Min(AtOnce, rest.Length)]);
            }
        }

        if (count == 0)
        {
            return None;
        }

        var at = 9 * (count - 1);
        Span<long> ranks = [(count - 1) / 2, count / 2, at / 10, (at + 9) / 10];
        RankSelection.Select(durations, ranks);
        return new(
            count,
            (double)(sum * unit) / count,
            (ranks[0] * unit) + ((ranks[1] - ranks[0]) * unit / 2.0),
            (ranks[2] * unit) + ((ranks[3] - ranks[2]) * unit * (at % 10 / 10.0))
        );
    }

    // 16 spans within year 1 to 9999 are below 2^63 microseconds.
    private const int AtOnce = 16;

    private static long SumOf<T>(ReadOnlySpan<T> durations)
        where T : unmanaged, IBinaryInteger<T>
    {
        var sum = 0L;
        foreach (var duration in durations)
        {
            sum += long.CreateTruncating(duration);
        }

        return sum;
    }
}
