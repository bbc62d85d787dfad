using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>
/// How far each user came and when he took each step. A first pass over a block finds per step the deadline of the attempt that
/// took it first, of the last one's that could; the deepest step's is the attempt that counts. Its entry is known by it, and a
/// second pass, over what the nearest cache still holds, takes from there each step as early as it can.
/// </summary>
internal sealed class TimesSweep<TLanes, TShape> : BlockSweep
    where TLanes : struct, ILanes<TLanes>
    where TShape : struct, IKernelShape
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Sweep(ShardWork work, int first, int count, BlockBatch batch)
    {
        var (shard, bounds) = (work.Shard, work.Bounds);
        var starts = shard.BlockStarts.Slice(first, count + 1);
        var codes = shard.Columns.Codes.Span;
        ref readonly var times = ref MemoryMarshal.GetReference(shard.Columns.Times.Span);
        ref var kept = ref MemoryMarshal.GetReference(batch.Times);
        // No deadline may be cut off, or its entry is lost; what is beyond the cap is left out of sight instead.
        var (never, window) = (TLanes.Never, TLanes.Span(bounds.Window));
        var (from, to) = (TLanes.Time(bounds.From), TLanes.Time(Math.Max(bounds.From, bounds.To)));
        var (start, end) = (TLanes.Time(0), TLanes.Time(work.Plan.LateSteps ? shard.Clock.Last + 1 : bounds.To));
        var (firstOnly, hasAside) = (work.Plan.FirstEntryOnly, work.Plan.HasAside);
        batch.Reached.AsSpan().Clear();
        batch.Aside.AsSpan().Clear();
        ref var reached = ref MemoryMarshal.GetArrayDataReference(batch.Reached);
        for (var block = 0; block < count; block++)
        {
            ref var masks = ref batch.Masks(work.Masks, codes, starts[block], starts[block + 1]);
            nint slots = starts[block + 1] - starts[block];
            ref readonly var blockTimes = ref Unsafe.Add(
                ref Unsafe.AsRef(in times),
                (nint)starts[block] * shard.Clock.Width
            );
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
                TLanes f1 = never,
                    f2 = f1,
                    f3 = f1,
                    f4 = f1,
                    f5 = f1,
                    f6 = f1,
                    f7 = f1,
                    f8 = f1;
                var all = default(TLanes);
                for (nint at = lane; at < slots; at += JourneyShard.Lanes)
                {
                    var time = TLanes.LoadTimes(in blockTimes, at);
                    var takes = TLanes.LoadMasks(in masks, at);
                    all = TShape.Rare ? TLanes.Or(all, takes) : all;
                    takes = TShape.Ranged ? TLanes.Within(takes, time, start, end) : takes;
                    Advance(7, takes, time, d7, ref d8, ref f8);
                    Advance(6, takes, time, d6, ref d7, ref f7);
                    Advance(5, takes, time, d5, ref d6, ref f6);
                    Advance(4, takes, time, d4, ref d5, ref f5);
                    Advance(3, takes, time, d3, ref d4, ref f4);
                    Advance(2, takes, time, d2, ref d3, ref f3);
                    Advance(1, takes, time, d1, ref d2, ref f2);
                    takes = TShape.Ranged ? TLanes.Within(takes, time, from, to) : takes;
                    takes = TShape.Rare && firstOnly ? TLanes.WhereNone(takes, d1) : takes;
                    var deadline = TLanes.Deadline(time, never, window);
                    d1 = TLanes.Begin(takes, TShape.Single, deadline, d1);
                    f1 = TLanes.BeginFirst(takes, TShape.Single, deadline, f1);
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

                f1 = TLanes.Either(f2, f1);
                f1 = TShape.Steps >= 3 ? TLanes.Either(f3, f1) : f1;
                f1 = TShape.Steps >= 4 ? TLanes.Either(f4, f1) : f1;
                f1 = TShape.Steps >= 5 ? TLanes.Either(f5, f1) : f1;
                f1 = TShape.Steps >= 6 ? TLanes.Either(f6, f1) : f1;
                f1 = TShape.Steps >= 7 ? TLanes.Either(f7, f1) : f1;
                f1 = TShape.Steps >= 8 ? TLanes.Either(f8, f1) : f1;

                // What a lane takes beyond its depth is outside the window, or no attempt at all: nobody looks at it.
                TLanes t1 = TLanes.Entry(f1, window),
                    t2 = never,
                    t3 = t2,
                    t4 = t2,
                    t5 = t2,
                    t6 = t2,
                    t7 = t2,
                    t8 = t2;
                for (nint at = lane; at < slots; at += JourneyShard.Lanes)
                {
                    var time = TLanes.LoadTimes(in blockTimes, at);
                    var takes = TLanes.LoadMasks(in masks, at);
                    t8 = TShape.Steps >= 8 ? TLanes.Retrace(takes, 7, TShape.Single, time, t7, t8) : t8;
                    t7 = TShape.Steps >= 7 ? TLanes.Retrace(takes, 6, TShape.Single, time, t6, t7) : t7;
                    t6 = TShape.Steps >= 6 ? TLanes.Retrace(takes, 5, TShape.Single, time, t5, t6) : t6;
                    t5 = TShape.Steps >= 5 ? TLanes.Retrace(takes, 4, TShape.Single, time, t4, t5) : t5;
                    t4 = TShape.Steps >= 4 ? TLanes.Retrace(takes, 3, TShape.Single, time, t3, t4) : t4;
                    t3 = TShape.Steps >= 3 ? TLanes.Retrace(takes, 2, TShape.Single, time, t2, t3) : t3;
                    t2 = TLanes.Retrace(takes, 1, TShape.Single, time, t1, t2);
                }

                var index = ((nint)block * BlockBatch.TimesOfBlock) + lane;
                Keep(ref kept, index, 0, t1);
                Keep(ref kept, index, 1, t2);
                Keep(ref kept, index, 2, t3);
                Keep(ref kept, index, 3, t4);
                Keep(ref kept, index, 4, t5);
                Keep(ref kept, index, 5, t6);
                Keep(ref kept, index, 6, t7);
                Keep(ref kept, index, 7, t8);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(
        int step,
        TLanes takes,
        TLanes time,
        TLanes previous,
        ref TLanes current,
        ref TLanes first
    )
    {
        if (step < TShape.Steps)
        {
            TLanes.AdvanceFirst(takes, step, TShape.Single, time, previous, ref current, ref first);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Note(ref ushort reached, int step, int lane, TLanes deadlines)
    {
        if (step < TShape.Steps)
        {
            Unsafe.Add(ref reached, step * BlockBatch.Size) |= (ushort)(TLanes.Set(deadlines) << lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(ref byte kept, nint index, int step, TLanes times)
    {
        if (step < TShape.Steps)
        {
            TLanes.Store(times, ref kept, index + (step * JourneyShard.Lanes));
        }
    }
}
