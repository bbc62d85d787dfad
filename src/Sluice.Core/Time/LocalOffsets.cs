namespace Sluice.Core.Time;

/// <summary>The offsets of a zone as a table over wall-clock time: what <see cref="LocalTime"/> does, for many times at once.</summary>
public static class LocalOffsets
{
    /// <summary>
    /// The offsets from <paramref name="firstMicros"/> to <paramref name="lastMicros"/>, ascending; each holds from its own
    /// first local microsecond up to the next one's. Subtracting it gives UTC as <see cref="LocalTime.ToUtc"/> does.
    /// </summary>
    /// <param name="firstMicros">The first local time, in microseconds since the epoch.</param>
    /// <param name="lastMicros">The last local time; not before the first.</param>
    /// <param name="zone">The zone of the clock.</param>
    public static IReadOnlyList<(long FromMicros, long OffsetMicros)> Between(
        long firstMicros,
        long lastMicros,
        TimeZoneInfo zone
    )
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentOutOfRangeException.ThrowIfLessThan(lastMicros, firstMicros);
        var offsets = new List<(long FromMicros, long OffsetMicros)> { (firstMicros, OffsetAt(firstMicros, zone)) };
        // No zone changes its clocks and changes them back within a day.
        for (var at = firstMicros; at < lastMicros; )
        {
            var next = Math.Min(at + Micros.PerDay, lastMicros);
            var offset = offsets[^1].OffsetMicros;
            if (OffsetAt(next, zone) != offset)
            {
                next = FirstOther(at, next, offset, zone);
                offsets.Add((next, OffsetAt(next, zone)));
            }

            at = next;
        }

        return offsets;
    }

    private static long FirstOther(long before, long after, long offset, TimeZoneInfo zone)
    {
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            (before, after) = OffsetAt(middle, zone) == offset ? (middle, after) : (before, middle);
        }

        return after;
    }

    private static long OffsetAt(long localMicros, TimeZoneInfo zone) =>
        localMicros - LocalTime.ToUtc(localMicros, zone);
}
