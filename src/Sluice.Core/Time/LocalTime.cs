namespace Sluice.Core.Time;

/// <summary>Turns the wall-clock time of a zone into UTC.</summary>
public static class LocalTime
{
    /// <summary>
    /// Microseconds since the epoch in UTC. A time that comes twice means its first coming; one that was skipped means the same
    /// distance after the change.
    /// </summary>
    /// <param name="localMicros">Microseconds since the epoch as the wall clock shows them.</param>
    /// <param name="zone">The zone of the clock.</param>
    public static long ToUtc(long localMicros, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (!zone.SupportsDaylightSavingTime && zone.BaseUtcOffset == TimeSpan.Zero)
        {
            return localMicros;
        }

        // Only the way from UTC to local time is always well-defined: the offsets of the days around are tried on it. The
        // earlier one comes first, which is right for a time that comes twice, and meant by one that was skipped.
        var before = OffsetAt(localMicros - Micros.PerDay, zone);
        var after = OffsetAt(localMicros + Micros.PerDay, zone);
        return OffsetAt(localMicros - before, zone) == before || OffsetAt(localMicros - after, zone) != after
            ? localMicros - before
            : localMicros - after;
    }

    private static long OffsetAt(long utcMicros, TimeZoneInfo zone) =>
        (long)
            zone.GetUtcOffset(
                Micros.ToInstant(Math.Clamp(utcMicros, Micros.FirstOfYear1, Micros.LastOfYear9999))
            ).TotalMicroseconds;
}
