using Sluice.Core.Time;

namespace Sluice.Core.Extraction;

/// <summary>The values of the cursor that a load reads: from the low on, up to but not including the high.</summary>
/// <param name="Low">An id, or an instant in microseconds; null for the beginning of the table.</param>
/// <param name="High">The same; null where everything is read, as for a snapshot.</param>
public readonly record struct ExtractWindow(long? Low, long? High)
{
    /// <summary>Of a snapshot: everything.</summary>
    public static readonly ExtractWindow Whole = new(null, null);

    /// <summary>The window of a cursor of times.</summary>
    /// <param name="interval">The interval that is loaded.</param>
    /// <param name="previousHigh">Up to where the table was read before; null where it never was.</param>
    /// <param name="lookback">How far the window reaches back behind that, in microseconds.</param>
    /// <param name="isDone">Whether the interval was loaded before.</param>
    public static ExtractWindow OfTimes(DataInterval interval, long? previousHigh, long lookback, bool isDone)
    {
        var (start, end) = (Micros.From(interval.Start), Micros.From(interval.End));
        return previousHigh switch
        {
            null => new(null, end),
            // An interval that is read again, or that is older than what was read: itself, whatever lies behind it.
            { } high when isDone || end <= high => new(start - lookback, end),
            { } high => new(high - lookback, end),
        };
    }

    /// <summary>The window of a cursor of ids.</summary>
    /// <param name="greatest">The greatest id that the table has; null where it is empty.</param>
    /// <param name="previousHigh">Up to where the table was read before; null where it never was.</param>
    /// <param name="lookback">How many ids behind that are read again.</param>
    /// <param name="loaded">The least and the greatest id of the interval's own rows, where it was loaded before.</param>
    public static ExtractWindow OfIds(
        long? greatest,
        long? previousHigh,
        long lookback,
        (long Least, long Greatest)? loaded
    )
    {
        if (loaded is var (least, most))
        {
            return new(least, most + 1);
        }

        // An empty table, or one whose newest rows are gone, leaves the high where it is.
        var high = Math.Max(greatest is { } id ? checked(id + 1) : long.MinValue, previousHigh ?? long.MinValue);
        // Of a table that was empty so far, nothing is left out.
        long? low = previousHigh is { } before && before >= long.MinValue + lookback ? before - lookback : null;
        return new(low, high);
    }
}
