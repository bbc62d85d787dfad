namespace Sluice.Core.Time;

/// <summary>
/// The days of a zone as spans of time: a day begins with its first instant and lasts until that of the next. Where clocks are
/// put back over midnight, the hour that the day before comes to again is thus the later day's, and days never overlap.
/// </summary>
public static class LocalDay
{
    /// <summary>The day an instant lies in.</summary>
    /// <param name="micros">The instant, in the years 1 to 9999.</param>
    /// <param name="zone">The zone.</param>
    public static DateOnly At(long micros, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var instant = Micros.ToInstant(micros);
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        return WasPutBack(instant, zone) && micros >= FirstInstantOf(date.AddDays(1), zone) ? date.AddDays(1) : date;
    }

    /// <summary>The first instant of a day, in microseconds since the epoch; of one that the zone left out, that of the day after.</summary>
    /// <remarks>At both ends of the calendar there are instants whose local date would lie outside: they are of its first and last day.</remarks>
    public static long FirstInstantOf(DateOnly date, TimeZoneInfo zone) =>
        date == DateOnly.MinValue ? Micros.FirstOfYear1
        : date.Year is >= DataInterval.FirstYear and <= DataInterval.LastYear
            ? Micros.From(DataInterval.StartOf(date, zone))
        : LocalTime.ToUtc(Micros.DayOf(date) * Micros.PerDay, zone);

    // Within the last day: only then can the clocks have shown a later date before.
    private static bool WasPutBack(DateTimeOffset instant, TimeZoneInfo zone) =>
        instant.Year is >= DataInterval.FirstYear and <= DataInterval.LastYear
        && zone.GetUtcOffset(instant) < zone.GetUtcOffset(instant.AddDays(-1));
}
