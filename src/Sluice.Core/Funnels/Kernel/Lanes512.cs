using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>16 users with times of 32 bits, or 8 with 64: unsigned as they are kept.</summary>
/// <typeparam name="T">uint or ulong.</typeparam>
internal readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>>
    where T : unmanaged
{
    private readonly Vector512<T> _value = value;

    public static int Count => Vector512<T>.Count;

    public static Lanes512<T> None => default;

    public static Lanes512<T> Never => new(Vector512<T>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Time(ulong value) =>
        typeof(T) == typeof(uint)
            ? new(Vector512.Create((uint)value).As<uint, T>())
            : new(Vector512.Create(value).As<ulong, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Span(ulong value) => Time(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadTimes(ref readonly byte times, nint slot) =>
        new(Vector512.LoadUnsafe(in Unsafe.Add(ref Unsafe.As<byte, T>(ref Unsafe.AsRef(in times)), slot)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadMasks(ref readonly byte masks, nint at)
    {
        ref readonly var first = ref Unsafe.Add(ref Unsafe.AsRef(in masks), at);
        if (typeof(T) == typeof(uint))
        {
            return new(Widening.To512UInt32(in first).As<uint, T>());
        }

        return new(Widening.To512UInt64(in first).As<ulong, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> times, ref byte target, nint index) =>
        times._value.StoreUnsafe(ref Unsafe.Add(ref Unsafe.As<byte, T>(ref target), index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Deadline(Lanes512<T> entry, Lanes512<T> latest, Lanes512<T> reach) =>
        new(Vector512.Min(entry._value, latest._value) + reach._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Entry(Lanes512<T> deadline, Lanes512<T> window) => new(deadline._value - window._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Begin(Lanes512<T> masks, bool single, Lanes512<T> deadline, Lanes512<T> current) =>
        new(Vector512.ConditionalSelect(Takes(masks, 0, single), deadline._value, current._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Within(Lanes512<T> masks, Lanes512<T> time, Lanes512<T> from, Lanes512<T> to) =>
        new(
            Vector512.ConditionalSelect(
                Vector512.LessThan(time._value - from._value, to._value - from._value),
                masks._value,
                Vector512<T>.Zero
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> WhereNone(Lanes512<T> masks, Lanes512<T> current) =>
        new(
            Vector512.ConditionalSelect(
                Vector512.Equals(current._value, Vector512<T>.Zero),
                masks._value,
                Vector512<T>.Zero
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Advance(
        Lanes512<T> masks,
        int step,
        bool single,
        Lanes512<T> time,
        Lanes512<T> previous,
        Lanes512<T> current
    ) =>
        new(
            Vector512.ConditionalSelect(
                Takes(masks, step, single) & Vector512.LessThanOrEqual(time._value, previous._value),
                previous._value,
                current._value
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AdvanceFirst(
        Lanes512<T> masks,
        int step,
        bool single,
        Lanes512<T> time,
        Lanes512<T> previous,
        ref Lanes512<T> current,
        ref Lanes512<T> first
    )
    {
        var hit = Takes(masks, step, single) & Vector512.LessThanOrEqual(time._value, previous._value);
        current = new(Vector512.ConditionalSelect(hit, previous._value, current._value));
        first = new(Vector512.ConditionalSelect(hit, Vector512.Min(previous._value, first._value), first._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> BeginFirst(Lanes512<T> masks, bool single, Lanes512<T> deadline, Lanes512<T> current) =>
        new(
            Vector512.ConditionalSelect(
                Takes(masks, 0, single),
                Vector512.Min(deadline._value, current._value),
                current._value
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Retrace(
        Lanes512<T> masks,
        int step,
        bool single,
        Lanes512<T> time,
        Lanes512<T> previous,
        Lanes512<T> current
    ) =>
        new(
            Vector512.ConditionalSelect(
                Takes(masks, step, single) & Vector512.LessThan(previous._value, time._value),
                Vector512.Min(time._value, current._value),
                current._value
            )
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Either(Lanes512<T> first, Lanes512<T> second) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(first._value, Never._value), second._value, first._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Or(Lanes512<T> left, Lanes512<T> right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Set(Lanes512<T> times) =>
        (uint)(~Vector512.Equals(times._value, Vector512<T>.Zero)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Has(Lanes512<T> masks, int step) =>
        (uint)Takes(masks, step, single: false).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Takes(Lanes512<T> masks, int step, bool single) =>
        single
            ? Vector512.Equals(masks._value, Time(1ul << step)._value)
            : ~Vector512.Equals(masks._value & Time(1ul << step)._value, Vector512<T>.Zero);
}
