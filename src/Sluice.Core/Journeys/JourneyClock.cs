namespace Sluice.Core.Journeys;

/// <summary>How a shard keeps its times: as 1 + the units since its base, 0 being no event.</summary>
/// <param name="BaseMicros">The time that is kept as 1, in microseconds since the epoch: the shard's earliest.</param>
/// <param name="Unit">The unit; it loses nothing for the shard.</param>
/// <param name="IsWide">Whether a kept time takes 8 bytes; else it takes 4.</param>
/// <param name="Last">The latest time as it is kept; 0 in a shard without events.</param>
public readonly record struct JourneyClock(long BaseMicros, JourneyUnit Unit, bool IsWide, ulong Last)
{
    /// <summary>The greatest last time that fits 4 bytes.</summary>
    public const ulong LastNarrow = uint.MaxValue - 1;

    /// <summary>Bytes of a kept time: 4 or 8.</summary>
    public int Width => IsWide ? sizeof(ulong) : sizeof(uint);

    /// <summary>A kept time in microseconds since the epoch.</summary>
    /// <param name="kept">1 to <see cref="Last"/>.</param>
    public long ToMicros(ulong kept) => BaseMicros + ((long)(kept - 1) * (long)Unit);

    /// <summary>The first kept time that is not before an instant: 1 to <see cref="Last"/> + 1.</summary>
    /// <param name="micros">Any instant.</param>
    public ulong AtOrAfter(long micros)
    {
        var units = ((Int128)micros - BaseMicros + (long)Unit - 1) / (long)Unit;
        return micros <= BaseMicros ? 1
            : units >= Last ? Last + 1
            : (ulong)units + 1;
    }

    /// <summary>The whole units of a span of time, at most <see cref="Last"/>, which bounds nothing in the shard.</summary>
    /// <param name="micros">Not negative; null is unbounded.</param>
    public ulong UnitsOf(long? micros) => micros is { } span ? Math.Min((ulong)span / (ulong)Unit, Last) : Last;

    /// <summary>The clock of the coarsest unit that loses nothing.</summary>
    internal static JourneyClock Of(ReadOnlySpan<long> micros)
    {
        if (micros.IsEmpty)
        {
            return new(0, JourneyUnit.Seconds, IsWide: false, 0);
        }

        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var time in micros)
        {
            first = Math.Min(first, time);
            last = Math.Max(last, time);
        }

        var unit = JourneyUnit.Seconds;
        foreach (var time in micros)
        {
            while ((time - first) % (long)unit != 0)
            {
                unit = unit == JourneyUnit.Seconds ? JourneyUnit.Milliseconds : JourneyUnit.Microseconds;
            }
        }

        var kept = ((ulong)(last - first) / (ulong)unit) + 1;
        return new(first, unit, kept > LastNarrow, kept);
    }
}
