using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>
/// Looks the masks of many codes up at once: a table of 16 for each high half of a code, of which only those that take a step
/// are asked. Immutable.
/// </summary>
internal sealed class StepMasks
{
    private const int Half = 16;

    // Added with saturation, it makes every index beyond 15 one with the top bit set, for which a shuffle gives 0.
    private const byte Beyond = 0x70;

    private readonly byte[] _all;
    private readonly byte[] _halves;
    private readonly byte[] _tables;

    public StepMasks(ReadOnlySpan<byte> masks)
    {
        _all = masks.ToArray();
        _halves =
        [
            .. Enumerable
                .Range(0, Half)
                .Where(half => _all.AsSpan(half * Half, Half).ContainsAnyExcept((byte)0))
                .Select(half => (byte)(half * Half)),
        ];
        _tables = [.. _halves.SelectMany(half => _all.Skip(half).Take(Half))];
    }

    /// <summary>Writes the mask of each code.</summary>
    /// <param name="codes">The codes; a multiple of 16.</param>
    /// <param name="masks">Takes as many masks.</param>
    public void Translate(ReadOnlySpan<byte> codes, Span<byte> masks)
    {
        masks = masks[..codes.Length];
        ref var source = ref MemoryMarshal.GetReference(codes);
        ref var target = ref MemoryMarshal.GetReference(masks);
        nint at = 0;
        if (!Vector128.IsHardwareAccelerated)
        {
            for (; at < codes.Length; at++)
            {
                Unsafe.Add(ref target, at) = _all[Unsafe.Add(ref source, at)];
            }
        }

        if (Avx512BW.IsSupported)
        {
            for (; at <= codes.Length - Vector512<byte>.Count; at += Vector512<byte>.Count)
            {
                Look(Vector512.LoadUnsafe(ref source, (nuint)at)).StoreUnsafe(ref target, (nuint)at);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; at <= codes.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
            {
                Look(Vector256.LoadUnsafe(ref source, (nuint)at)).StoreUnsafe(ref target, (nuint)at);
            }
        }

        for (; at < codes.Length; at += Vector128<byte>.Count)
        {
            Look(Vector128.LoadUnsafe(ref source, (nuint)at)).StoreUnsafe(ref target, (nuint)at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<byte> Look(Vector512<byte> codes)
    {
        var found = Vector512<byte>.Zero;
        for (var i = 0; i < _halves.Length; i++)
        {
            var index = Vector512.AddSaturate(codes ^ Vector512.Create(_halves[i]), Vector512.Create(Beyond));
            found |= Avx512BW.Shuffle(Vector512.Create(Vector256.Create(Table(i))), index);
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<byte> Look(Vector256<byte> codes)
    {
        var found = Vector256<byte>.Zero;
        for (var i = 0; i < _halves.Length; i++)
        {
            var index = Vector256.AddSaturate(codes ^ Vector256.Create(_halves[i]), Vector256.Create(Beyond));
            found |= Avx2.Shuffle(Vector256.Create(Table(i)), index);
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Look(Vector128<byte> codes)
    {
        var found = Vector128<byte>.Zero;
        for (var i = 0; i < _halves.Length; i++)
        {
            var index = Vector128.AddSaturate(codes ^ Vector128.Create(_halves[i]), Vector128.Create(Beyond));
            found |= Vector128.ShuffleNative(Table(i), index);
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Table(int half) =>
        Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_tables), (nuint)(half * Half));
}
