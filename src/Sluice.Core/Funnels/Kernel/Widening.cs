using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>Bytes as wider numbers, lane by lane: one instruction where the processor has it.</summary>
internal static class Widening
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> To512UInt32(ref readonly byte first)
    {
        var bytes = Vector128.LoadUnsafe(in first);
        if (Avx512F.IsSupported)
        {
            return Avx512F.ConvertToVector512UInt32(bytes);
        }

        var (low, high) = Vector128.Widen(bytes);
        return Vector512.Create(Wide(low), Wide(high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> To512UInt64(ref readonly byte first)
    {
        var bytes = Load8(in first);
        return Avx512F.IsSupported
            ? Avx512F.ConvertToVector512UInt64(bytes)
            : Vector512.Create(To256UInt64(in first), To256UInt64(in Unsafe.Add(ref Unsafe.AsRef(in first), 4)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> To256Int32(ref readonly byte first)
    {
        var bytes = Load8(in first);
        return Avx2.IsSupported ? Avx2.ConvertToVector256Int32(bytes) : Wide(Vector128.WidenLower(bytes)).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> To256UInt64(ref readonly byte first)
    {
        var bytes = Load4(in first);
        if (Avx2.IsSupported)
        {
            return Avx2.ConvertToVector256Int64(bytes).AsUInt64();
        }

        var (low, high) = Vector128.Widen(Vector128.WidenLower(Vector128.WidenLower(bytes)));
        return Vector256.Create(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> To128Int32(ref readonly byte first)
    {
        var bytes = Load4(in first);
        return Sse41.IsSupported
            ? Sse41.ConvertToVector128Int32(bytes)
            : Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> To128Int64(ref readonly byte first) =>
        Vector128.Create((long)first, Unsafe.Add(ref Unsafe.AsRef(in first), 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Wide(Vector128<ushort> value)
    {
        var (low, high) = Vector128.Widen(value);
        return Vector256.Create(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load8(ref readonly byte first) =>
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in first)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load4(ref readonly byte first) =>
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(in first)).AsByte();
}
