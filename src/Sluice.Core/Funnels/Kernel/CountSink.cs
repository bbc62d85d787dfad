using System.Numerics;
using System.Runtime.InteropServices;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>Counts users per depth, and per segment where there are several.</summary>
/// <param name="segments">Number of segments.</param>
/// <param name="exact">The exact evaluator.</param>
internal class CountSink(int segments, IExactEvaluator? exact) : BlockSink(exact)
{
    /// <summary>Depths of a segment: 0, which is not counted, to 8; padded so that a segment's place is a shift.</summary>
    public const int Depths = 16;

    private readonly SegmentTable _table = new(segments);
    private readonly long[] _reached = new long[KernelPlan.MaxSteps + 1];

    /// <summary>Per segment and depth the users.</summary>
    public long[] Counts => _table.Counts;

    /// <summary>Turns what was counted for all segments at once into counts per depth; called once, at the end.</summary>
    public void Finish()
    {
        _table.Finish();
        for (var step = 0; step < KernelPlan.MaxSteps; step++)
        {
            Counts[step + 1] += _reached[step] - _reached[step + 1];
        }
    }

    /// <inheritdoc/>
    protected override void Add(ShardWork work, int first, int count, ReadOnlySpan<ushort> lanes)
    {
        if (segments > 1)
        {
            var codes = work.Input.Segments.Span.Slice(first * JourneyShard.Lanes, count * JourneyShard.Lanes);
            _table.Add(Batch, work.Plan.Steps, codes, lanes);
            return;
        }

        // Four blocks at a time.
        var judged = MemoryMarshal.Cast<ushort, ulong>(lanes);
        var reached = MemoryMarshal.Cast<ushort, ulong>(Batch.Reached.AsSpan());
        for (var step = 0; step < work.Plan.Steps; step++)
        {
            var users = 0;
            var mine = reached.Slice(step * judged.Length, judged.Length);
            for (var i = 0; i < judged.Length; i++)
            {
                users += BitOperations.PopCount(mine[i] & judged[i]);
            }

            _reached[step] += users;
        }
    }

    /// <inheritdoc/>
    protected override void Add(ShardWork work, int place, ReadOnlySpan<long> steps) =>
        Counts[(SegmentOf(work, place) * Depths) + steps.Length]++;

    /// <summary>The segment of a user.</summary>
    protected int SegmentOf(ShardWork work, int place) => segments == 1 ? 0 : work.Input.Segments.Span[place];
}
