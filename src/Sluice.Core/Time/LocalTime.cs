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

        var local = new DateTime(Micros.ToInstant(localMicros).Ticks, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return localMicros - (long)offset.TotalMicroseconds;
    }
}
