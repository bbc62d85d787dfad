using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>Counts users, and keeps how long each took for each step.</summary>
/// <typeparam name="T">uint where all shards keep 32 bits in one unit, else long.</typeparam>
/// <param name="steps">Number of steps.</param>
/// <param name="segments">Number of segments.</param>
/// <param name="unit">Microseconds of a kept duration's unit.</param>
/// <param name="exact">The exact evaluator.</param>
internal sealed class TimesSink<T>(int steps, int segments, long unit, IExactEvaluator? exact)
    : CountSink(segments, exact)
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly bool _segmented = segments > 1;

    /// <summary>Of each step but the first, how long it took from the step before.</summary>
    public DurationLog<T>[] Logs { get; } =
    [.. Enumerable.Range(1, steps - 1).Select(_ => new DurationLog<T>(segments > 1))];

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        Array.ForEach(Logs, log => log.Dispose());
    }

    /// <inheritdoc/>
    protected override void Add(ShardWork work, int first, int count, ReadOnlySpan<ushort> lanes)
    {
        base.Add(work, first, count, lanes);
        var codes = _segmented ? work.Input.Segments.Span[(first * JourneyShard.Lanes)..] : default;
        for (var step = 1; step < steps; step++)
        {
            for (var block = 0; block < count; block++)
            {
                var taken = (uint)(Batch.Reached[(step * BlockBatch.Size) + block] & lanes[block]);
                if (taken == 0)
                {
                    continue;
                }

                var mine = _segmented ? codes.Slice(block * JourneyShard.Lanes, JourneyShard.Lanes) : default;
                if (typeof(T) == typeof(uint) && Avx512F.IsSupported)
                {
                    LogAtOnce(step, block, taken, mine);
                }
                else if (work.Shard.Clock.IsWide)
                {
                    Log<ulong>(work, step, block, taken, mine);
                }
                else
                {
                    Log<uint>(work, step, block, taken, mine);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void Add(ShardWork work, int place, ReadOnlySpan<long> steps)
    {
        base.Add(work, place, steps);
        for (var step = 1; step < steps.Length; step++)
        {
            var kept = Logs[step - 1].Reserve(1, out var segments);
            kept[0] = T.CreateTruncating((steps[step] - steps[step - 1]) / unit);
            if (_segmented)
            {
                segments[0] = (uint)SegmentOf(work, place);
            }

            Logs[step - 1].Keep(1);
        }
    }

    private static int IndexOf(int step, int block) => (block * BlockBatch.TimesOfBlock) + (step * JourneyShard.Lanes);

    // All lanes of a block move together to where they are kept.
    private void LogAtOnce(int step, int block, uint taken, ReadOnlySpan<ushort> codes)
    {
        var log = Logs[step - 1];
        var kept = MemoryMarshal.Cast<T, uint>(log.Reserve(JourneyShard.Lanes, out var segments));
        ref var times = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, uint>(Batch.Times));
        var now = Vector512.LoadUnsafe(ref times, (nuint)IndexOf(step, block));
        var before = Vector512.LoadUnsafe(ref times, (nuint)IndexOf(step - 1, block));
        var bits = Vector512.Create(1u, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        var mask = ~Vector512.Equals(Vector512.Create(taken) & bits, Vector512<uint>.Zero);
        Avx512F.Compress(Vector512<uint>.Zero, mask, now - before).CopyTo(kept);
        if (_segmented)
        {
            var wide = Avx512F.ConvertToVector512UInt32(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(codes)));
            Avx512F.Compress(Vector512<uint>.Zero, mask, wide).CopyTo(segments);
        }

        log.Keep(BitOperations.PopCount(taken));
    }

    private void Log<TTime>(ShardWork work, int step, int block, uint taken, ReadOnlySpan<ushort> codes)
        where TTime : unmanaged, IUnsignedNumber<TTime>
    {
        var log = Logs[step - 1];
        var kept = log.Reserve(JourneyShard.Lanes, out var segments);
        var times = MemoryMarshal.Cast<byte, TTime>(Batch.Times);
        var now = times.Slice(IndexOf(step, block), JourneyShard.Lanes);
        var before = times.Slice(IndexOf(step - 1, block), JourneyShard.Lanes);
        var (count, scale) = (0, (ulong)((long)work.Shard.Clock.Unit / unit));
        for (; taken != 0; taken &= taken - 1)
        {
            var lane = BitOperations.TrailingZeroCount(taken);
            if (_segmented)
            {
                segments[count] = codes[lane];
            }

            kept[count++] = T.CreateTruncating(ulong.CreateTruncating(now[lane] - before[lane]) * scale);
        }

        log.Keep(count);
    }
}
