namespace Sluice.Core.Funnels.Kernel;

/// <summary>
/// A vector of times, a lane for each user, whatever its width. A time is None (before every other), a time of the shard, or
/// Never (after every other); masks are the steps that a user's event takes;
/// <c>single</c> says that it takes at most one.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Users of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>No time, in every lane.</summary>
    static abstract TSelf None { get; }

    /// <summary>After every time, in every lane.</summary>
    static abstract TSelf Never { get; }

    /// <summary>The same time in every lane.</summary>
    static abstract TSelf Time(ulong value);

    /// <summary>The same span of time in every lane.</summary>
    static abstract TSelf Span(ulong value);

    /// <summary>Times from a slot on.</summary>
    static abstract TSelf LoadTimes(ref readonly byte times, nint slot);

    /// <summary>Masks from a place on, a byte each.</summary>
    static abstract TSelf LoadMasks(ref readonly byte masks, nint at);

    /// <summary>Writes times as the shard keeps them.</summary>
    static abstract void Store(TSelf times, ref byte target, nint index);

    /// <summary>The deadline of an attempt that begins: min(entry, latest) + reach.</summary>
    static abstract TSelf Deadline(TSelf entry, TSelf latest, TSelf reach);

    /// <summary>The entry of a deadline that was not cut off.</summary>
    static abstract TSelf Entry(TSelf deadline, TSelf window);

    /// <summary>Where the event takes step 1 the new deadline, else the current.</summary>
    static abstract TSelf Begin(TSelf masks, bool single, TSelf deadline, TSelf current);

    /// <summary>The masks where from ≤ time &lt; to, else none.</summary>
    static abstract TSelf Within(TSelf masks, TSelf time, TSelf from, TSelf to);

    /// <summary>The masks where the current is None, else none.</summary>
    static abstract TSelf WhereNone(TSelf masks, TSelf current);

    /// <summary>Where the event takes the step (from 0) and is not after the deadline of the previous one, that deadline; else the current.</summary>
    static abstract TSelf Advance(TSelf masks, int step, bool single, TSelf time, TSelf previous, TSelf current);

    /// <summary>The bits of either.</summary>
    static abstract TSelf Or(TSelf left, TSelf right);

    /// <summary>A bit for each lane that is not None.</summary>
    static abstract uint Set(TSelf times);

    /// <summary>A bit for each lane whose mask has the step's bit (from 0).</summary>
    static abstract uint Has(TSelf masks, int step);

    /// <summary>Like <see cref="Advance"/>; and where the step is taken for the first time, <paramref name="first"/> takes the deadline too.</summary>
    static abstract void AdvanceFirst(
        TSelf masks,
        int step,
        bool single,
        TSelf time,
        TSelf previous,
        ref TSelf current,
        ref TSelf first
    );

    /// <summary>Where the event takes step 1 the lesser of the deadlines, else the current.</summary>
    static abstract TSelf BeginFirst(TSelf masks, bool single, TSelf deadline, TSelf current);

    /// <summary>Where the event takes the step (from 0) after the time of the previous one, the lesser of the times; else the current.</summary>
    static abstract TSelf Retrace(TSelf masks, int step, bool single, TSelf time, TSelf previous, TSelf current);

    /// <summary>The first, or where it is Never the second.</summary>
    static abstract TSelf Either(TSelf first, TSelf second);
}
