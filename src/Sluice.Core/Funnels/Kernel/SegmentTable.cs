using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>
/// Counts the users of a batch per segment and depth. Of few segments it takes one after the other and counts the bits of 64
/// users at a time; of many it adds 1 for each user. For one thread.
/// </summary>
/// <param name="segments">Number of segments.</param>
internal sealed class SegmentTable(int segments)
{
    // Counting bits costs a little per segment, adding 1 the same whatever their number.
    private const int Few = 32;
    private const int Wide = 64;
    private const int Words = BlockBatch.Size * JourneyShard.Lanes / Wide;

    private readonly byte[] _codes = new byte[BlockBatch.Size * JourneyShard.Lanes];

    /// <summary>Per segment and depth, from 1 on, the users; <see cref="CountSink.Depths"/> apart.</summary>
    public long[] Counts { get; } = new long[segments * CountSink.Depths];

    /// <summary>Adds the users of a batch.</summary>
    /// <param name="batch">How far they came; users that do not count are taken out.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="codes">Their segments, for the blocks of the batch.</param>
    /// <param name="lanes">Those that count, for <see cref="BlockBatch.Size"/> blocks.</param>
    /// <exception cref="ArgumentException">A code names no segment.</exception>
    public void Add(BlockBatch batch, int steps, ReadOnlySpan<ushort> codes, ReadOnlySpan<ushort> lanes)
    {
        if (segments <= ushort.MaxValue && codes.ContainsAnyExceptInRange((ushort)0, (ushort)(segments - 1)))
        {
            throw new ArgumentException($"A user's segment is beyond the {segments} there are.", nameof(codes));
        }

        var reached = MemoryMarshal.Cast<ushort, ulong>(batch.Reached.AsSpan());
        var counted = MemoryMarshal.Cast<ushort, ulong>(lanes);
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < Words; i++)
            {
                reached[(step * Words) + i] &= counted[i];
            }
        }

        if (segments <= Few)
        {
            AddBits(reached, steps, codes);
        }
        else
        {
            AddEach(batch.Reached, steps, codes);
        }
    }

    // Written out for the 8 words of a batch, so that a segment's users stay in registers over all steps.
    private void AddBits(ReadOnlySpan<ulong> reached, int steps, ReadOnlySpan<ushort> codes)
    {
        Narrow(codes);
        ref var code = ref MemoryMarshal.GetArrayDataReference(_codes);
        for (var segment = 0; segment < segments; segment++)
        {
            var mine = Vector512.Create((byte)segment);
            var m0 = Bits(ref code, 0, mine);
            var m1 = Bits(ref code, 1, mine);
            var m2 = Bits(ref code, 2, mine);
            var m3 = Bits(ref code, 3, mine);
            var m4 = Bits(ref code, 4, mine);
            var m5 = Bits(ref code, 5, mine);
            var m6 = Bits(ref code, 6, mine);
            var m7 = Bits(ref code, 7, mine);
            var counts = Counts.AsSpan(segment * CountSink.Depths, CountSink.Depths);
            var deeper = 0;
            for (var step = steps; step > 0; step--)
            {
                var took = reached.Slice((step - 1) * Words, Words);
                var users =
                    BitOperations.PopCount(m0 & took[0])
                    + BitOperations.PopCount(m1 & took[1])
                    + BitOperations.PopCount(m2 & took[2])
                    + BitOperations.PopCount(m3 & took[3])
                    + BitOperations.PopCount(m4 & took[4])
                    + BitOperations.PopCount(m5 & took[5])
                    + BitOperations.PopCount(m6 & took[6])
                    + BitOperations.PopCount(m7 & took[7]);
                counts[step] += users - deeper;
                deeper = users;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(ref byte code, int word, Vector512<byte> segment) =>
        Vector512.Equals(Vector512.LoadUnsafe(ref code, (nuint)(word * Wide)), segment).ExtractMostSignificantBits();

    private void Narrow(ReadOnlySpan<ushort> codes)
    {
        ref var wide = ref MemoryMarshal.GetReference(codes);
        ref var code = ref MemoryMarshal.GetArrayDataReference(_codes);
        for (nuint i = 0; i < (nuint)codes.Length; i += (nuint)Vector128<byte>.Count)
        {
            Vector128
                .Narrow(Vector128.LoadUnsafe(ref wide, i), Vector128.LoadUnsafe(ref wide, i + 8))
                .StoreUnsafe(ref code, i);
        }
    }

    private void AddEach(ReadOnlySpan<ushort> reached, int steps, ReadOnlySpan<ushort> codes)
    {
        Span<byte> depths = stackalloc byte[JourneyShard.Lanes];
        for (var block = 0; block < codes.Length / JourneyShard.Lanes; block++)
        {
            DepthsOf(reached[block..], steps).CopyTo(depths);
            var mine = codes.Slice(block * JourneyShard.Lanes, JourneyShard.Lanes);
            for (var lane = 0; lane < JourneyShard.Lanes; lane++)
            {
                Counts[(mine[lane] * CountSink.Depths) + depths[lane]]++;
            }
        }
    }

    // Steps are reached one after the other, so the depth of a lane is the number of its bits over all steps.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> DepthsOf(ReadOnlySpan<ushort> reached, int steps)
    {
        var bit = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128);
        var halves = Vector128.Create((byte)0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        var depths = Vector128<byte>.Zero;
        for (var step = 0; step < steps; step++)
        {
            var lanes = Vector128.CreateScalarUnsafe(reached[step * BlockBatch.Size]).AsByte();
            depths -= Vector128.Equals(Vector128.ShuffleNative(lanes, halves) & bit, bit);
        }

        return depths;
    }
}
