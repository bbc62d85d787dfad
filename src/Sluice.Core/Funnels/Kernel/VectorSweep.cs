using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>
/// How far each user came, a vector of users at a time. Per step it keeps the deadline of the attempt that came so far and
/// began last: of two that are as far, the later never loses. An event carries that deadline from a step to the next.
/// </summary>
internal sealed class VectorSweep<TLanes, TShape> : BlockSweep
    where TLanes : struct, ILanes<TLanes>
    where TShape : struct, IKernelShape
{
    // Nothing is called while the deadlines are in registers: a call would put them into memory for the whole loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Sweep(ShardWork work, int first, int count, BlockBatch batch)
    {
        var (shard, bounds) = (work.Shard, work.Bounds);
        var starts = shard.BlockStarts.Slice(first, count + 1);
        var codes = shard.Columns.Codes.Span;
        ref readonly var times = ref MemoryMarshal.GetReference(shard.Columns.Times.Span);
        var (latest, reach) = (TLanes.Time(bounds.Latest), TLanes.Span(bounds.Reach));
        var (from, to) = (TLanes.Time(bounds.From), TLanes.Time(Math.Max(bounds.From, bounds.To)));
        var (firstOnly, hasAside) = (work.Plan.FirstEntryOnly, work.Plan.HasAside);
        batch.Reached.AsSpan().Clear();
        batch.Aside.AsSpan().Clear();
        ref var reached = ref MemoryMarshal.GetArrayDataReference(batch.Reached);
        for (var block = 0; block < count; block++)
        {
            ref var masks = ref batch.Masks(work.Masks, codes, starts[block], starts[block + 1]);
            nint end = starts[block + 1] - starts[block];
            for (var lane = 0; lane < JourneyShard.Lanes; lane += TLanes.Count)
            {
                TLanes d1 = TLanes.None,
                    d2 = d1,
                    d3 = d1,
                    d4 = d1,
                    d5 = d1,
                    d6 = d1,
                    d7 = d1,
                    d8 = d1;
                var all = default(TLanes);
                ref readonly var blockTimes = ref Unsafe.Add(
                    ref Unsafe.AsRef(in times),
                    (nint)starts[block] * shard.Clock.Width
                );
                for (nint at = lane; at < end; at += JourneyShard.Lanes)
                {
                    var time = TLanes.LoadTimes(in blockTimes, at);
                    var takes = TLanes.LoadMasks(in masks, at);

                    // From the last step to the first, so that one event never takes two.
                    d8 = TShape.Steps >= 8 ? TLanes.Advance(takes, 7, TShape.Single, time, d7, d8) : d8;
                    d7 = TShape.Steps >= 7 ? TLanes.Advance(takes, 6, TShape.Single, time, d6, d7) : d7;
                    d6 = TShape.Steps >= 6 ? TLanes.Advance(takes, 5, TShape.Single, time, d5, d6) : d6;
                    d5 = TShape.Steps >= 5 ? TLanes.Advance(takes, 4, TShape.Single, time, d4, d5) : d5;
                    d4 = TShape.Steps >= 4 ? TLanes.Advance(takes, 3, TShape.Single, time, d3, d4) : d4;
                    d3 = TShape.Steps >= 3 ? TLanes.Advance(takes, 2, TShape.Single, time, d2, d3) : d3;
                    d2 = TLanes.Advance(takes, 1, TShape.Single, time, d1, d2);
                    all = TShape.Rare ? TLanes.Or(all, takes) : all;
                    takes = TShape.Ranged ? TLanes.Within(takes, time, from, to) : takes;
                    takes = TShape.Rare && firstOnly ? TLanes.WhereNone(takes, d1) : takes;
                    d1 = TLanes.Begin(takes, TShape.Single, TLanes.Deadline(time, latest, reach), d1);
                }

                ref var at1 = ref Unsafe.Add(ref reached, block);
                Note(ref at1, 0, lane, d1);
                Note(ref at1, 1, lane, d2);
                Note(ref at1, 2, lane, d3);
                Note(ref at1, 3, lane, d4);
                Note(ref at1, 4, lane, d5);
                Note(ref at1, 5, lane, d6);
                Note(ref at1, 6, lane, d7);
                Note(ref at1, 7, lane, d8);
                if (TShape.Rare && hasAside)
                {
                    batch.Aside[block] |= (ushort)(TLanes.Has(all, 7) << lane);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Note(ref ushort reached, int step, int lane, TLanes deadlines)
    {
        if (step < TShape.Steps)
        {
            ref var bits = ref Unsafe.Add(ref reached, step * BlockBatch.Size);
            var set = (ushort)(TLanes.Set(deadlines) << lane);
            bits = TLanes.Count == JourneyShard.Lanes ? set : (ushort)(bits | set);
        }
    }
}
