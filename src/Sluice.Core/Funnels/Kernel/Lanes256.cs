using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>
/// 8 users with times of 32 bits, or half as many with 64. Times are signed here, None being the least, since AVX2 compares
/// nothing else; and a mask is tested by its bit's place at the sign, which is all that a blend asks for.
/// </summary>
/// <typeparam name="T">int or long.</typeparam>
internal readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>>
    where T : unmanaged
{
    private readonly Vector256<T> _value = value;

    public static int Count => Vector256<T>.Count;

    public static Lanes256<T> None => Span(Sign);

    public static Lanes256<T> Never => Span(Sign - 1);

    private static ulong Sign => 1ul << SignBit;

    private static int SignBit => (Unsafe.SizeOf<T>() * 8) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Time(ulong value) => Span(value ^ Sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Span(ulong value) =>
        typeof(T) == typeof(int)
            ? new(Vector256.Create((int)value).As<int, T>())
            : new(Vector256.Create((long)value).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadTimes(ref readonly byte times, nint slot) =>
        new(
            Vector256.LoadUnsafe(in Unsafe.Add(ref Unsafe.As<byte, T>(ref Unsafe.AsRef(in times)), slot)) ^ None._value
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadMasks(ref readonly byte masks, nint at)
    {
        ref readonly var first = ref Unsafe.Add(ref Unsafe.AsRef(in masks), at);
        return typeof(T) == typeof(int)
            ? new(Widening.To256Int32(in first).As<int, T>())
            : new(Widening.To256UInt64(in first).AsInt64().As<long, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> times, ref byte target, nint index) =>
        (times._value ^ None._value).StoreUnsafe(ref Unsafe.Add(ref Unsafe.As<byte, T>(ref target), index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Deadline(Lanes256<T> entry, Lanes256<T> latest, Lanes256<T> reach) =>
        new(Vector256.Min(entry._value, latest._value) + reach._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Entry(Lanes256<T> deadline, Lanes256<T> window) => new(deadline._value - window._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Begin(Lanes256<T> masks, bool single, Lanes256<T> deadline, Lanes256<T> current) =>
        new(Blend(AtSign(masks, 0), deadline._value, current._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Within(Lanes256<T> masks, Lanes256<T> time, Lanes256<T> from, Lanes256<T> to) =>
        new(
            Vector256.AndNot(
                masks._value & Vector256.GreaterThan(to._value, time._value),
                Vector256.GreaterThan(from._value, time._value)
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> WhereNone(Lanes256<T> masks, Lanes256<T> current) =>
        new(masks._value & Vector256.Equals(current._value, None._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Advance(
        Lanes256<T> masks,
        int step,
        bool single,
        Lanes256<T> time,
        Lanes256<T> previous,
        Lanes256<T> current
    ) =>
        new(
            Blend(
                Vector256.AndNot(AtSign(masks, step), Vector256.GreaterThan(time._value, previous._value)),
                previous._value,
                current._value
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AdvanceFirst(
        Lanes256<T> masks,
        int step,
        bool single,
        Lanes256<T> time,
        Lanes256<T> previous,
        ref Lanes256<T> current,
        ref Lanes256<T> first
    )
    {
        var hit = Vector256.AndNot(AtSign(masks, step), Vector256.GreaterThan(time._value, previous._value));
        current = new(Blend(hit, previous._value, current._value));
        first = new(Vector256.Min(Blend(hit, previous._value, Never._value), first._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> BeginFirst(Lanes256<T> masks, bool single, Lanes256<T> deadline, Lanes256<T> current) =>
        new(Vector256.Min(Blend(AtSign(masks, 0), deadline._value, Never._value), current._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Retrace(
        Lanes256<T> masks,
        int step,
        bool single,
        Lanes256<T> time,
        Lanes256<T> previous,
        Lanes256<T> current
    ) =>
        new(
            Vector256.Min(
                Blend(
                    AtSign(masks, step) & Vector256.GreaterThan(time._value, previous._value),
                    time._value,
                    Never._value
                ),
                current._value
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Either(Lanes256<T> first, Lanes256<T> second) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(first._value, Never._value), second._value, first._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Or(Lanes256<T> left, Lanes256<T> right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Set(Lanes256<T> times) =>
        Vector256.GreaterThan(times._value, None._value).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Has(Lanes256<T> masks, int step) => AtSign(masks, step).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> AtSign(Lanes256<T> masks, int step) => masks._value << (SignBit - step);

    // Where the sign is set, the first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Blend(Vector256<T> sign, Vector256<T> first, Vector256<T> second)
    {
        if (!Avx.IsSupported)
        {
            return Vector256.ConditionalSelect(Vector256.LessThan(sign, Vector256<T>.Zero), first, second);
        }

        return typeof(T) == typeof(int)
            ? Avx.BlendVariable(second.AsSingle(), first.AsSingle(), sign.AsSingle()).As<float, T>()
            : Avx.BlendVariable(second.AsDouble(), first.AsDouble(), sign.AsDouble()).As<double, T>();
    }
}
