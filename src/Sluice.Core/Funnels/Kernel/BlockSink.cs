using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>Takes what a sweep found, batch by batch, and has the exact evaluator judge whom the lanes cannot. For one thread.</summary>
/// <param name="exact">The exact evaluator; null where nobody can need it.</param>
internal abstract class BlockSink(IExactEvaluator? exact) : IDisposable
{
    private readonly ushort[] _judged = new ushort[BlockBatch.Size];
    private long[] _micros = ArrayPool<long>.Shared.Rent(256);
    private byte[] _codes = ArrayPool<byte>.Shared.Rent(256);

    /// <summary>What the sweep fills.</summary>
    public BlockBatch Batch { get; } = new();

    /// <summary>Users whom the exact evaluator found to leave the funnel at every step.</summary>
    public long Excluded { get; private set; }

    /// <summary>Users whom the exact evaluator judged.</summary>
    public long Exact { get; private set; }

    /// <summary>Takes the batch.</summary>
    /// <param name="work">The shard.</param>
    /// <param name="first">The first block.</param>
    /// <param name="count">Number of blocks.</param>
    public void Take(ShardWork work, int first, int count)
    {
        var shard = work.Shard;
        var flags = shard.Columns.Flags.Span.Slice(first * JourneyShard.Lanes, count * JourneyShard.Lanes);
        for (var i = 0; i < count; i++)
        {
            var place = (first + i) * JourneyShard.Lanes;
            var present = shard.Users - place;
            var counted = present >= JourneyShard.Lanes ? ushort.MaxValue : (1u << present) - 1;
            counted &= work.Input.Superseded.IsEmpty ? counted : ~(uint)work.Input.Superseded.Span[first + i];
            var marks = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(flags), (nuint)(i * JourneyShard.Lanes));
            var slow =
                counted
                & (
                    Batch.Aside[i]
                    | ~Vector128
                        .Equals(marks & Vector128.Create((byte)JourneyMarks.EqualInstants), Vector128<byte>.Zero)
                        .ExtractMostSignificantBits()
                );
            _judged[i] = (ushort)(counted & ~slow);
            for (; slow != 0; slow &= slow - 1)
            {
                Judge(work, place + BitOperations.TrailingZeroCount(slow));
            }
        }

        _judged.AsSpan(count).Clear();
        Add(work, first, count, _judged);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Batch.Dispose();
        ArrayPool<long>.Shared.Return(_micros);
        ArrayPool<byte>.Shared.Return(_codes);
    }

    /// <summary>Adds the users of the batch whose bit is set; beyond its blocks there is none.</summary>
    protected abstract void Add(ShardWork work, int first, int count, ReadOnlySpan<ushort> lanes);

    /// <summary>Adds a user by the times of his steps, in microseconds since the epoch; at least one.</summary>
    protected abstract void Add(ShardWork work, int place, ReadOnlySpan<long> steps);

    private void Judge(ShardWork work, int place)
    {
        if (exact is null)
        {
            throw new InvalidOperationException("A user needs the exact evaluator, and there is none.");
        }

        var length = work.Shard.Lengths[place];
        if (length > _micros.Length || length > _codes.Length)
        {
            ArrayPool<long>.Shared.Return(_micros);
            ArrayPool<byte>.Shared.Return(_codes);
            (_micros, _codes) = (ArrayPool<long>.Shared.Rent(length), ArrayPool<byte>.Shared.Rent(length));
        }

        Span<long> steps = stackalloc long[KernelPlan.MaxSteps];
        length = work.Shard.CopyTo(place, _micros, _codes);
        var depth = exact.Evaluate(
            work.Shard,
            place,
            _micros.AsSpan(0, length),
            _codes.AsSpan(0, length),
            steps[..work.Plan.Steps]
        );
        Exact++;
        if (depth > 0)
        {
            Add(work, place, steps[..depth]);
        }
        else if (depth < 0)
        {
            Excluded++;
        }
    }
}
