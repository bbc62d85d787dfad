namespace Sluice.Core.Funnels.Kernel;

/// <summary>Shares the blocks of some shards among threads: each takes the next ones when it is done with its own.</summary>
internal static class SweepRun
{
    /// <summary>Runs over all blocks.</summary>
    /// <param name="inputs">The shards.</param>
    /// <param name="plan">The funnel.</param>
    /// <param name="options">How.</param>
    /// <param name="choose">The sweep of a shard.</param>
    /// <param name="sink">Makes the sink of a thread, by its number.</param>
    /// <param name="cancellationToken">Looked at before each take.</param>
    /// <returns>The sinks, which the caller disposes of.</returns>
    public static IReadOnlyList<TSink> Over<TSink>(
        IReadOnlyList<KernelInput> inputs,
        KernelPlan plan,
        KernelOptions options,
        Func<ShardWork, KernelWidth, BlockSweep> choose,
        Func<int, TSink> sink,
        CancellationToken cancellationToken
    )
        where TSink : BlockSink
    {
        var masks = new StepMasks(plan.Masks);
        var takes = new List<(BlockSweep Sweep, ShardWork Work, int First, int End)>();
        foreach (var input in inputs)
        {
            var work = new ShardWork(input, plan, masks);
            var sweep = choose(work, options.Width);
            for (var first = 0; first < input.Shard.Blocks; )
            {
                var end = EndOf(input.Shard.BlockStarts, first, options.SlotsAtATime);
                takes.Add((sweep, work, first, end));
                first = end;
            }
        }

        var sinks = Enumerable.Range(0, Math.Clamp(takes.Count, 1, options.Degree)).Select(sink).ToArray();
        var next = -1;
        if (sinks.Length == 1)
        {
            Take(0);
        }
        else
        {
            Parallel.For(0, sinks.Length, new ParallelOptions { MaxDegreeOfParallelism = sinks.Length }, Take);
        }

        return sinks;

        void Take(int thread)
        {
            for (var i = Interlocked.Increment(ref next); i < takes.Count; i = Interlocked.Increment(ref next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (sweep, work, first, end) = takes[i];
                sweep.Run(work, first, end, sinks[thread]);
            }
        }
    }

    private static int EndOf(ReadOnlySpan<int> starts, int first, int slots)
    {
        var blocks = starts.Length - 1;
        var at = starts[(first + 1)..].BinarySearch((int)Math.Min((long)starts[first] + slots, int.MaxValue));
        return Math.Min(first + 1 + (at < 0 ? ~at : at), blocks);
    }
}
