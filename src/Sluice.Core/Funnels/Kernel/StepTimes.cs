using System.Numerics;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>How long users took for a step, from the step before it in the attempt that counts. All exact; NaN where nobody took it.</summary>
/// <param name="Count">Users that took it.</param>
/// <param name="MeanMicros">The mean, in microseconds.</param>
/// <param name="MedianMicros">The median, in microseconds: of an even number the middle of the two.</param>
/// <param name="P90Micros">The 90th percentile, in microseconds, linear between the two nearest (type 7).</param>
public readonly record struct StepTimes(long Count, double MeanMicros, double MedianMicros, double P90Micros)
{
    /// <summary>Of a step that nobody took.</summary>
    public static readonly StepTimes Nobody = new(0, double.NaN, double.NaN, double.NaN);

    /// <summary>Of some durations, in any order.</summary>
    /// <param name="durations">The durations.</param>
    /// <param name="unit">Microseconds of their unit.</param>
    internal static StepTimes Of<T>(IReadOnlyList<ReadOnlyMemory<T>> durations, long unit)
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
            return Nobody;
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
