using System.Numerics;
using System.Runtime.InteropServices;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>Tells a visitor of every attempt that counts.</summary>
/// <param name="visitor">The visitor of this sink's thread.</param>
/// <param name="exact">The exact evaluator.</param>
internal sealed class AttemptSink(IAttemptVisitor visitor, IExactEvaluator? exact) : BlockSink(exact)
{
    /// <inheritdoc/>
    protected override void Add(ShardWork work, int first, int count, ReadOnlySpan<ushort> lanes)
    {
        var clock = work.Shard.Clock;
        var steps = work.Plan.Steps;
        Span<long> micros = stackalloc long[KernelPlan.MaxSteps];
        for (var block = 0; block < count; block++)
        {
            for (var entered = lanes[block] & (uint)Batch.Reached[block]; entered != 0; entered &= entered - 1)
            {
                var lane = BitOperations.TrailingZeroCount(entered);
                var depth = 0;
                for (; depth < steps && ((Batch.Reached[(depth * BlockBatch.Size) + block] >> lane) & 1) != 0; depth++)
                {
                    var index = (block * BlockBatch.TimesOfBlock) + (depth * JourneyShard.Lanes) + lane;
                    micros[depth] = clock.ToMicros(
                        clock.IsWide
                            ? MemoryMarshal.Cast<byte, ulong>(Batch.Times)[index]
                            : MemoryMarshal.Cast<byte, uint>(Batch.Times)[index]
                    );
                }

                visitor.Visit(work.Input, ((first + block) * JourneyShard.Lanes) + lane, micros[..depth]);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Add(ShardWork work, int place, ReadOnlySpan<long> steps) =>
        visitor.Visit(work.Input, place, steps);
}
