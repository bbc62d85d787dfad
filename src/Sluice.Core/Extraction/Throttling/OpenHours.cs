using Sluice.Core.Time;

namespace Sluice.Core.Extraction.Throttling;

/// <summary>The times of day in which a source may be read.</summary>
internal static class OpenHours
{
    /// <summary>When reading may begin again; null where it may at the instant itself.</summary>
    /// <param name="hours">Half-open spans; one that ends before it begins goes over midnight, equal bounds are the whole day. Empty for any time.</param>
    /// <param name="zone">The zone of the hours.</param>
    /// <param name="instant">The instant.</param>
    public static DateTimeOffset? OpensAt(
        IReadOnlyList<(TimeOnly From, TimeOnly To)> hours,
        TimeZoneInfo zone,
        DateTimeOffset instant
    )
    {
        if (hours.Count == 0)
        {
            return null;
        }

        var now = Micros.From(instant);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        var opens = long.MaxValue;
        // Yesterday's span may last until now; the next one begins within two days, whatever the clocks do.
        for (var day = today.AddDays(-1); day <= today.AddDays(2); day = day.AddDays(1))
        {
            foreach (var (from, to) in hours)
            {
                var start = InstantOf(day, from, zone);
                if (start > now)
                {
                    opens = Math.Min(opens, start);
                }
                else if (now < InstantOf(to <= from ? day.AddDays(1) : day, to, zone))
                {
                    return null;
                }
            }
        }

        return TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(opens * TimeSpan.TicksPerMicrosecond), zone);
    }

    private static long InstantOf(DateOnly day, TimeOnly time, TimeZoneInfo zone) =>
        LocalTime.ToUtc(Micros.From(new DateTimeOffset(day.ToDateTime(time), TimeSpan.Zero)), zone);
}
