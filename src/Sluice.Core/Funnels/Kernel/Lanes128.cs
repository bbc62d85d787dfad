using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>
/// 4 users with times of 32 bits, or half as many with 64. Times are signed here, None being the least, since AVX2 compares
/// nothing else; and a mask is tested by its bit's place at the sign, which is all that a blend asks for.
/// </summary>
/// <typeparam name="T">int or long.</typeparam>
internal readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>>
    where T : unmanaged
{
    private readonly Vector128<T> _value = value;

    public static int Count => Vector128<T>.Count;

    public static Lanes128<T> None => Span(Sign);

    public static Lanes128<T> Never => Span(Sign - 1);

    private static ulong Sign => 1ul << SignBit;

    private static int SignBit => (Unsafe.SizeOf<T>() * 8) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Time(ulong value) => Span(value ^ Sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Span(ulong value) =>
        typeof(T) == typeof(int)
            ? new(Vector128.Create((int)value).As<int, T>())
            : new(Vector128.Create((long)value).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadTimes(ref readonly byte times, nint slot) =>
        new(
            Vector128.LoadUnsafe(in Unsafe.Add(ref Unsafe.As<byte, T>(ref Unsafe.AsRef(in times)), slot)) ^ None._value
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadMasks(ref readonly byte masks, nint at)
    {
        ref readonly var first = ref Unsafe.Add(ref Unsafe.AsRef(in masks), at);
        return typeof(T) == typeof(int)
            ? new(Widening.To128Int32(in first).As<int, T>())
            : new(Widening.To128Int64(in first).As<long, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> times, ref byte target, nint index) =>
        (times._value ^ None._value).StoreUnsafe(ref Unsafe.Add(ref Unsafe.As<byte, T>(ref target), index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Deadline(Lanes128<T> entry, Lanes128<T> latest, Lanes128<T> reach) =>
        new(Vector128.Min(entry._value, latest._value) + reach._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Entry(Lanes128<T> deadline, Lanes128<T> window) => new(deadline._value - window._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Begin(Lanes128<T> masks, bool single, Lanes128<T> deadline, Lanes128<T> current) =>
        new(Blend(AtSign(masks, 0), deadline._value, current._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Within(Lanes128<T> masks, Lanes128<T> time, Lanes128<T> from, Lanes128<T> to) =>
        new(
            Vector128.AndNot(
                masks._value & Vector128.GreaterThan(to._value, time._value),
                Vector128.GreaterThan(from._value, time._value)
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> WhereNone(Lanes128<T> masks, Lanes128<T> current) =>
        new(masks._value & Vector128.Equals(current._value, None._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Advance(
        Lanes128<T> masks,
        int step,
        bool single,
        Lanes128<T> time,
        Lanes128<T> previous,
        Lanes128<T> current
    ) =>
        new(
            Blend(
                Vector128.AndNot(AtSign(masks, step), Vector128.GreaterThan(time._value, previous._value)),
                previous._value,
                current._value
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AdvanceFirst(
        Lanes128<T> masks,
        int step,
        bool single,
        Lanes128<T> time,
        Lanes128<T> previous,
        ref Lanes128<T> current,
        ref Lanes128<T> first
    )
    {
        var hit = Vector128.AndNot(AtSign(masks, step), Vector128.GreaterThan(time._value, previous._value));
        current = new(Blend(hit, previous._value, current._value));
        first = new(Vector128.Min(Blend(hit, previous._value, Never._value), first._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> BeginFirst(Lanes128<T> masks, bool single, Lanes128<T> deadline, Lanes128<T> current) =>
        new(Vector128.Min(Blend(AtSign(masks, 0), deadline._value, Never._value), current._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Retrace(
        Lanes128<T> masks,
        int step,
        bool single,
        Lanes128<T> time,
        Lanes128<T> previous,
        Lanes128<T> current
    ) =>
        new(
            Vector128.Min(
                Blend(
                    AtSign(masks, step) & Vector128.GreaterThan(time._value, previous._value),
                    time._value,
                    Never._value
                ),
                current._value
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Either(Lanes128<T> first, Lanes128<T> second) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(first._value, Never._value), second._value, first._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Or(Lanes128<T> left, Lanes128<T> right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Set(Lanes128<T> times) =>
        Vector128.GreaterThan(times._value, None._value).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Has(Lanes128<T> masks, int step) => AtSign(masks, step).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> AtSign(Lanes128<T> masks, int step) => masks._value << (SignBit - step);

    // Where the sign is set, the first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Blend(Vector128<T> sign, Vector128<T> first, Vector128<T> second)
    {
        if (!Sse41.IsSupported)
        {
            return Vector128.ConditionalSelect(Vector128.LessThan(sign, Vector128<T>.Zero), first, second);
        }

        return typeof(T) == typeof(int)
            ? Sse41.BlendVariable(second.AsSingle(), first.AsSingle(), sign.AsSingle()).As<float, T>()
            : Sse41.BlendVariable(second.AsDouble(), first.AsDouble(), sign.AsDouble()).As<double, T>();
    }
}
