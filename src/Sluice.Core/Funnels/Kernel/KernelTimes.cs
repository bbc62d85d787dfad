using System.Buffers;
using System.Numerics;
using Sluice.Core.Statistics;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>How many users reached each step in each segment, and how long they took.</summary>
/// <param name="Counts">How many.</param>
/// <param name="Times">Per step but the first, and segment, how long from the step before.</param>
public sealed record KernelTimes(KernelCounts Counts, IReadOnlyList<IReadOnlyList<DurationSummary>> Times)
{
    /// <summary>How long the users of a segment took for a step.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="step">The step, from 2 on.</param>
    public DurationSummary Of(int segment, int step) => Times[step - 2][segment];

    /// <summary>Evaluates what some threads kept.</summary>
    internal static KernelTimes Of<T>(KernelCounts counts, IReadOnlyList<TimesSink<T>> sinks, long unit, int degree)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var steps = new IReadOnlyList<DurationSummary>[sinks[0].Logs.Length];
        Parallel.For(
            0,
            steps.Length,
            new ParallelOptions { MaxDegreeOfParallelism = degree },
            step => steps[step] = Of([.. sinks.SelectMany(sink => sink.Logs[step].Chunks)], unit, counts.Segments)
        );
        return new(counts, steps);
    }

    private static IReadOnlyList<DurationSummary> Of<T>(
        IReadOnlyList<(ReadOnlyMemory<T> Values, ReadOnlyMemory<uint> Segments)> chunks,
        long unit,
        int segments
    )
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (segments == 1)
        {
            return [DurationSummary.Of<T>([.. chunks.Select(chunk => chunk.Values)], unit)];
        }

        // First each segment's place, then each duration to its segment.
        var ends = new int[segments + 1];
        foreach (var (_, codes) in chunks)
        {
            foreach (var code in codes.Span)
            {
                ends[(int)code + 1]++;
            }
        }

        for (var segment = 0; segment < segments; segment++)
        {
            ends[segment + 1] += ends[segment];
        }

        var sorted = ArrayPool<T>.Shared.Rent(ends[segments]);
        foreach (var (values, codes) in chunks)
        {
            var durations = values.Span;
            var mine = codes.Span;
            for (var i = 0; i < mine.Length; i++)
            {
                sorted[ends[(int)mine[i]]++] = durations[i];
            }
        }

        var times = new DurationSummary[segments];
        for (var segment = 0; segment < segments; segment++)
        {
            var first = segment == 0 ? 0 : ends[segment - 1];
            times[segment] = DurationSummary.Of<T>([sorted.AsMemory(first, ends[segment] - first)], unit);
        }

        ArrayPool<T>.Shared.Return(sorted);
        return times;
    }
}
