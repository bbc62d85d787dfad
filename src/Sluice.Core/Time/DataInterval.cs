using System.Globalization;

namespace Sluice.Core.Time;

/// <summary>The span of time that one run covers: the start is inside, the end is not.</summary>
/// <remarks>Its logical date is the start, as in Airflow. Compares and prints by its UTC bounds.</remarks>
public readonly record struct DataInterval
{
    /// <summary>The first year whose days are intervals.</summary>
    public const int FirstYear = 1000;

    /// <summary>The last year whose days are intervals.</summary>
    public const int LastYear = 9000;

    // No zone has ever been farther ahead of UTC, nor farther behind.
    private static readonly TimeSpan GreatestOffset = TimeSpan.FromHours(26);

    /// <summary>Creates the interval from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    /// <param name="start">The first instant inside.</param>
    /// <param name="end">The first instant after.</param>
    /// <param name="logicalDate">The local date of the start in the project's time zone: the value of <c>ds</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The end is not after the start.</exception>
    public DataInterval(DateTimeOffset start, DateTimeOffset end, DateOnly logicalDate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, start);
        (Start, End, LogicalDate) = (start.ToUniversalTime(), end.ToUniversalTime(), logicalDate);
    }

    /// <summary>The first instant inside, UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The first instant after, UTC.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The local date of the start in the project's time zone.</summary>
    public DateOnly LogicalDate { get; }

    /// <summary>The logical date as <c>2015-05-01</c>: the partition <c>ds</c> of what the run loads.</summary>
    public string Ds => LogicalDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Both bounds, ISO 8601 in UTC: <c>2015-05-01T00:00:00Z/2015-05-02T00:00:00Z</c>.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Instant(Start)}/{Instant(End)}");

    /// <summary>The shortest name: the date where it is a day of the zone, else both bounds.</summary>
    public string NameIn(TimeZoneInfo zone) =>
        Start == StartOf(LogicalDate, zone) && End == StartOf(LogicalDate.AddDays(1), zone) ? Ds : Id;

    /// <summary>The interval of one local day; 23 or 25 hours long where the clocks change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is not 1000 to 9000, or the zone left the day out.</exception>
    public static DataInterval OfDay(DateOnly date, TimeZoneInfo zone)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(date.Year, LastYear, nameof(date));
        return new(StartOf(date, zone), StartOf(date.AddDays(1), zone), date);
    }

    /// <summary>The first instant of a local day; of one that the zone left out, that of the day after.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is not 1000 to 9001.</exception>
    public static DateTimeOffset StartOf(DateOnly date, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentOutOfRangeException.ThrowIfLessThan(date.Year, FirstYear, nameof(date));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(date.Year, LastYear + 1, nameof(date));
        return FirstInstantOf(date, zone);
    }

    /// <summary>Reads what <see cref="Id"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no interval.</exception>
    public static DataInterval Parse(string id, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(zone);
        var bounds = id.Split('/');
        if (bounds.Length != 2)
        {
            throw new FormatException($"'{id}' is no interval: START/END is wanted.");
        }

        var start = DateTimeOffset.Parse(bounds[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var end = DateTimeOffset.Parse(bounds[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return end > start
            ? new(start, end, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime))
            : throw new FormatException($"'{id}' is no interval: it does not end after its start.");
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static string Instant(DateTimeOffset at) =>
        at.ToString(
            at.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ",
            CultureInfo.InvariantCulture
        );

    // The first instant whose local time is the date's midnight or later. Clocks change at midnight in some zones, and a few
    // have left out a whole day: only the way from UTC to local time is always well-defined, so it is the way that is walked.
    private static DateTimeOffset FirstInstantOf(DateOnly date, TimeZoneInfo zone)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        var utc = new DateTimeOffset(midnight, TimeSpan.Zero);
        if (zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime)
        {
            return utc;
        }

        var step = TimeSpan.FromMinutes(15);
        var after = utc - GreatestOffset;
        while (LocalOf(after, zone) < midnight)
        {
            after += step;
        }

        var before = after - step;
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + TimeSpan.FromSeconds(Math.Floor((after - before).TotalSeconds / 2));
            (before, after) = LocalOf(middle, zone) < midnight ? (middle, after) : (before, middle);
        }

        return after;
    }

    private static DateTime LocalOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).DateTime;
}
