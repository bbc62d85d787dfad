using Sluice.Core.Time;

namespace Sluice.Lake.PostgreSql;

/// <summary>Dates and times, which PostgreSQL counts from the year 2000.</summary>
internal static class WireTime
{
    /// <summary>Days from the epoch to 2000-01-01.</summary>
    public const int Days = 10_957;

    /// <summary>Microseconds from the epoch to 2000-01-01.</summary>
    public const long Micros2000 = Days * Micros.PerDay;

    private const long Bucket = 3_600_000_000;

    /// <summary>Turns wall-clock times of a zone into UTC, looking the zone up once per hour of them.</summary>
    public static Func<long, long> ToUtc(TimeZoneInfo zone)
    {
        var (known, offset) = (long.MinValue, 0L);
        return local =>
        {
            var hour = (long)Math.Floor(local / (double)Bucket);
            if (hour == known)
            {
                return local - offset;
            }

            var (first, last) = (hour * Bucket, ((hour + 1) * Bucket) - 1);
            var atFirst = first - LocalTime.ToUtc(first, zone);
            if (atFirst == last - LocalTime.ToUtc(last, zone))
            {
                (known, offset) = (hour, atFirst);
                return local - offset;
            }

            return LocalTime.ToUtc(local, zone);
        };
    }
}
