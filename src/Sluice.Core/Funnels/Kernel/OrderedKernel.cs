namespace Sluice.Core.Funnels.Kernel;

/// <summary>
/// Evaluates <c>order: ordered</c> over shards of journeys, on all processors and without allocating for a user. It means what
/// <see cref="Evaluation.FunnelEvaluator"/> means; users whom its lanes cannot judge go to an exact evaluator. Stateless.
/// </summary>
public static class OrderedKernel
{
    /// <summary>Counts the users that reached each step.</summary>
    /// <param name="inputs">The shards; each user is in one of them, or superseded in all but one.</param>
    /// <param name="plan">The funnel.</param>
    /// <param name="segments">Number of segments, 1 to 65,536.</param>
    /// <param name="exact">Judges users with events at equal instants and those that an event sends aside.</param>
    /// <param name="options">How it runs; null for the default.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">A shard's segments or superseded users have not its size.</exception>
    /// <exception cref="InvalidOperationException">A user needs the exact evaluator, and there is none.</exception>
    public static KernelCounts Count(
        IReadOnlyList<KernelInput> inputs,
        KernelPlan plan,
        int segments = 1,
        IExactEvaluator? exact = null,
        KernelOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Check(inputs, plan, segments);
        var sinks = SweepRun.Over(
            inputs,
            plan,
            options ?? new KernelOptions(),
            SweepChoice.Counting,
            _ => new CountSink(segments, exact),
            cancellationToken
        );
        try
        {
            return CountsOf(sinks, plan, segments);
        }
        finally
        {
            Dispose(sinks);
        }
    }

    /// <summary>
    /// Counts the users that reached each step, and says how long they took. Where a window and the times of a shard do not fit
    /// 32 bits together, that shard is done without vectors.
    /// </summary>
    /// <inheritdoc cref="Count"/>
    public static KernelTimes CountWithTimes(
        IReadOnlyList<KernelInput> inputs,
        KernelPlan plan,
        int segments = 1,
        IExactEvaluator? exact = null,
        KernelOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Check(inputs, plan, segments);
        options ??= new KernelOptions();
        var clocks = inputs.Select(input => (input.Shard.Clock.IsWide, input.Shard.Clock.Unit)).Distinct().ToList();
        return clocks is [(false, var unit)]
            ? CountWithTimes<uint>(inputs, plan, segments, exact, options, (long)unit, cancellationToken)
            : CountWithTimes<long>(inputs, plan, segments, exact, options, 1, cancellationToken);
    }

    /// <summary>Shows every attempt that counts, in no order.</summary>
    /// <param name="inputs">The shards; each user is in one of them, or superseded in all but one.</param>
    /// <param name="plan">The funnel.</param>
    /// <param name="visitor">Makes the visitor of a thread; the number of the thread is below the degree.</param>
    /// <param name="exact">Judges users with events at equal instants and those that an event sends aside.</param>
    /// <param name="options">How it runs; null for the default.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Users whom the exact evaluator found to leave the funnel at every step.</returns>
    public static long Visit(
        IReadOnlyList<KernelInput> inputs,
        KernelPlan plan,
        Func<int, IAttemptVisitor> visitor,
        IExactEvaluator? exact = null,
        KernelOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Check(inputs, plan, segments: 1);
        var sinks = SweepRun.Over(
            inputs,
            plan,
            options ?? new KernelOptions(),
            SweepChoice.Timing,
            thread => new AttemptSink(visitor(thread), exact),
            cancellationToken
        );
        Dispose(sinks);
        return sinks.Sum(sink => sink.Excluded);
    }

    private static KernelTimes CountWithTimes<T>(
        IReadOnlyList<KernelInput> inputs,
        KernelPlan plan,
        int segments,
        IExactEvaluator? exact,
        KernelOptions options,
        long unit,
        CancellationToken cancellationToken
    )
        where T : unmanaged, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        var sinks = SweepRun.Over(
            inputs,
            plan,
            options,
            SweepChoice.Timing,
            _ => new TimesSink<T>(plan.Steps, segments, unit, exact),
            cancellationToken
        );
        try
        {
            return KernelTimes.Of(CountsOf(sinks, plan, segments), sinks, unit, options.Degree);
        }
        finally
        {
            Dispose(sinks);
        }
    }

    private static KernelCounts CountsOf(IReadOnlyList<CountSink> sinks, KernelPlan plan, int segments)
    {
        var depths = new long[segments * CountSink.Depths];
        foreach (var sink in sinks)
        {
            sink.Finish();
            for (var i = 0; i < depths.Length; i++)
            {
                depths[i] += sink.Counts[i];
            }
        }

        return new KernelCounts(depths, plan.Steps, sinks.Sum(sink => sink.Exact), sinks.Sum(sink => sink.Excluded));
    }

    private static void Dispose(IEnumerable<BlockSink> sinks)
    {
        foreach (var sink in sinks)
        {
            sink.Dispose();
        }
    }

    private static void Check(IReadOnlyList<KernelInput> inputs, KernelPlan plan, int segments)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(segments, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segments, ushort.MaxValue + 1);
        foreach (var input in inputs)
        {
            var places = input.Shard.Blocks * Journeys.JourneyShard.Lanes;
            var fits =
                (input.Superseded.IsEmpty || input.Superseded.Length == input.Shard.Blocks)
                && (segments == 1 || input.Segments.Length == places);
            if (!fits)
            {
                throw new ArgumentException(
                    "A shard's segments or superseded users have not its size.",
                    nameof(inputs)
                );
            }
        }
    }
}
