using System.Numerics;
using System.Runtime.InteropServices;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>The same one user after the other, for machines without vectors and for what does not fit them.</summary>
/// <typeparam name="T">uint or ulong: a time as the shard keeps it.</typeparam>
/// <param name="wantTimes">Whether the sink is told when each step was taken.</param>
internal sealed class ScalarSweep<T>(bool wantTimes) : BlockSweep
    where T : unmanaged, IUnsignedNumber<T>
{
    protected override void Sweep(ShardWork work, int first, int count, BlockBatch batch)
    {
        var (plan, bounds) = (work.Plan, work.Bounds);
        var starts = work.Shard.BlockStarts.Slice(first, count + 1);
        var codes = work.Shard.Columns.Codes.Span;
        var times = MemoryMarshal.Cast<byte, T>(work.Shard.Columns.Times.Span);
        Span<ulong> entries = stackalloc ulong[KernelPlan.MaxSteps];
        Span<ulong> steps = stackalloc ulong[KernelPlan.MaxSteps];
        batch.Reached.AsSpan().Clear();
        for (var block = 0; block < count; block++)
        {
            var aside = 0;
            for (var lane = 0; lane < JourneyShard.Lanes; lane++)
            {
                var slots = (starts[block] + lane)..starts[block + 1];
                var userCodes = starts[block] == starts[block + 1] ? default : codes[slots];
                var userTimes = starts[block] == starts[block + 1] ? default : times[slots];
                entries.Clear();
                var depth = Follow(plan, bounds, userCodes, userTimes, entries, out var entry, out var all);
                aside |= plan.HasAside && (all & KernelPlan.Aside) != 0 ? 1 << lane : 0;
                for (var step = 0; step < depth; step++)
                {
                    batch.Reached[(step * BlockBatch.Size) + block] |= (ushort)(1 << lane);
                }

                if (wantTimes && depth > 0)
                {
                    Retrace(plan, userCodes, userTimes, entry, steps[..depth]);
                    var kept = MemoryMarshal.Cast<byte, T>(batch.Times)[(block * BlockBatch.TimesOfBlock)..];
                    for (var step = 0; step < depth; step++)
                    {
                        kept[(step * JourneyShard.Lanes) + lane] = T.CreateTruncating(steps[step]);
                    }
                }
            }

            batch.Aside[block] = (ushort)aside;
        }
    }

    // Per step the entry of the attempt that came so far and began last; of the attempt that came farthest first, the entry.
    private static int Follow(
        KernelPlan plan,
        in KernelBounds bounds,
        ReadOnlySpan<byte> codes,
        ReadOnlySpan<T> times,
        Span<ulong> entries,
        out ulong entry,
        out int all
    )
    {
        var masks = plan.Masks;
        var known = (1 << plan.Steps) - 1;
        var depth = 0;
        (entry, all) = (0, 0);
        for (var slot = 0; slot < codes.Length && codes[slot] != 0; slot += JourneyShard.Lanes)
        {
            int mask = masks[codes[slot]];
            if (mask == 0)
            {
                continue;
            }

            all |= mask;
            var time = ulong.CreateTruncating(times[slot]);
            for (mask = time <= bounds.Cap ? mask & known : 0; mask > 1; )
            {
                var step = BitOperations.Log2((uint)mask);
                mask ^= 1 << step;
                var previous = entries[step - 1];
                if (previous != 0 && time - previous <= bounds.Window)
                {
                    entries[step] = previous;
                    if (step >= depth)
                    {
                        (depth, entry) = (step + 1, previous);
                    }
                }
            }

            if (mask != 0 && time >= bounds.From && time < bounds.To && !(plan.FirstEntryOnly && entries[0] != 0))
            {
                entries[0] = time;
                if (depth == 0)
                {
                    (depth, entry) = (1, time);
                }
            }
        }

        return depth;
    }

    // The attempt is known by its entry: it took each step as early as it could. Of a user with equal instants it may not be
    // found; the exact evaluator judges him.
    private static void Retrace(
        KernelPlan plan,
        ReadOnlySpan<byte> codes,
        ReadOnlySpan<T> times,
        ulong entry,
        Span<ulong> steps
    )
    {
        steps[0] = entry;
        for (var (step, slot) = (1, 0); step < steps.Length && slot < codes.Length; slot += JourneyShard.Lanes)
        {
            var time = ulong.CreateTruncating(times[slot]);
            if (time > entry && ((plan.Masks[codes[slot]] >> step) & 1) != 0)
            {
                steps[step++] = time;
            }
        }
    }
}
