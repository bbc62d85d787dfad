using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>
/// Counts the users of a batch per segment and depth, by adding 1 for each. Of few segments, a user's segment and depth are one
/// byte, the keys of a batch come by vectors, and neighbours add in different tables, so that none waits for the one before.
/// For one thread.
/// </summary>
/// <param name="segments">Number of segments.</param>
internal sealed class SegmentTable(int segments)
{
    private const int Few = 1 << (8 - DepthBits);
    private const int DepthBits = 4;
    private const int Places = BlockBatch.Size * JourneyShard.Lanes;
    private const int Keys = 1 << 8;
    private const int Tables = 4;

    private readonly byte[] _depths = new byte[Places];
    private readonly long[] _tables = new long[segments <= Few ? Tables * Keys : 0];

    /// <summary>Per segment and depth, from 1 on, the users; <see cref="CountSink.Depths"/> apart. Whole after <see cref="Finish"/>.</summary>
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

        FindDepths(batch.Reached, steps, lanes);
        if (segments <= Few)
        {
            AddKeys(codes);
        }
        else
        {
            AddEach(codes);
        }
    }

    /// <summary>Adds up what was counted apart; called once, at the end.</summary>
    public void Finish()
    {
        for (var key = 0; key < _tables.Length; key++)
        {
            if (_tables[key] > 0)
            {
                Counts[key % Keys] += _tables[key];
            }
        }
    }

    // Steps are reached one after the other, so the depth of a lane is the number of its bits over all steps.
    private void FindDepths(ReadOnlySpan<ushort> reached, int steps, ReadOnlySpan<ushort> lanes)
    {
        var bit = Vector256.Create(0x8040_2010_0804_0201UL).AsByte();
        // The upper half looks into itself, which is one instruction.
        var bytes = Vector256
            .Create(0UL, 0x0101_0101_0101_0101UL, 0x1212_1212_1212_1212UL, 0x1313_1313_1313_1313UL)
            .AsByte();
        var taken = MemoryMarshal.Cast<ushort, uint>(reached);
        var counted = MemoryMarshal.Cast<ushort, uint>(lanes);
        ref var depths = ref MemoryMarshal.GetArrayDataReference(_depths);
        for (var pair = 0; pair < counted.Length; pair++)
        {
            var found = Vector256<byte>.Zero;
            for (var step = 0; step < steps; step++)
            {
                var users = Vector256.Create(taken[(step * counted.Length) + pair] & counted[pair]).AsByte();
                found -= Vector256.Equals(Vector256.ShuffleNative(users, bytes) & bit, bit);
            }

            found.StoreUnsafe(ref depths, (nuint)(pair * Vector256<byte>.Count));
        }
    }

    private void AddKeys(ReadOnlySpan<ushort> codes)
    {
        ref var code = ref MemoryMarshal.GetReference(codes);
        ref var depths = ref MemoryMarshal.GetArrayDataReference(_depths);
        ref var first = ref MemoryMarshal.GetArrayDataReference(_tables);
        ref var second = ref Unsafe.Add(ref first, Keys);
        ref var third = ref Unsafe.Add(ref second, Keys);
        ref var fourth = ref Unsafe.Add(ref third, Keys);
        for (nuint i = 0; i < (nuint)codes.Length; i += (nuint)JourneyShard.Lanes)
        {
            var segment = Vector128.Narrow(Vector128.LoadUnsafe(ref code, i), Vector128.LoadUnsafe(ref code, i + 8));
            var keys = (segment.AsUInt16() << DepthBits).AsByte() | Vector128.LoadUnsafe(ref depths, i);
            for (var half = 0; half < 2; half++)
            {
                var eight = keys.AsUInt64().GetElement(half);
                Unsafe.Add(ref first, (nint)(byte)eight)++;
                Unsafe.Add(ref second, (nint)(byte)(eight >> 8))++;
                Unsafe.Add(ref third, (nint)(byte)(eight >> 16))++;
                Unsafe.Add(ref fourth, (nint)(byte)(eight >> 24))++;
                Unsafe.Add(ref first, (nint)(byte)(eight >> 32))++;
                Unsafe.Add(ref second, (nint)(byte)(eight >> 40))++;
                Unsafe.Add(ref third, (nint)(byte)(eight >> 48))++;
                Unsafe.Add(ref fourth, (nint)(byte)(eight >> 56))++;
            }
        }
    }

    private void AddEach(ReadOnlySpan<ushort> codes)
    {
        ref var code = ref MemoryMarshal.GetReference(codes);
        ref var depths = ref MemoryMarshal.GetArrayDataReference(_depths);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(Counts);
        for (nint i = 0; i < codes.Length; i++)
        {
            Unsafe.Add(ref counts, ((nint)Unsafe.Add(ref code, i) << DepthBits) + Unsafe.Add(ref depths, i))++;
        }
    }
}
