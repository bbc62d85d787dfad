using System.Globalization;

namespace Sluice.Core.Time;

/// <summary>The span of time that one run covers: the start is inside, the end is not.</summary>
/// <remarks>Its logical date is the start, as in Airflow. Compares and prints by its UTC bounds.</remarks>
public readonly record struct DataInterval
{
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

    /// <summary>The interval of one local day; 23 or 25 hours long where the clocks change.</summary>
    public static DataInterval OfDay(DateOnly date, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new(FirstInstantOf(date, zone), FirstInstantOf(date.AddDays(1), zone), date);
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
        return new(start, end, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime));
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static string Instant(DateTimeOffset at) =>
        at.ToString(
            at.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ",
            CultureInfo.InvariantCulture
        );

    private static DateTimeOffset FirstInstantOf(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        // Some zones change their clocks at midnight: the day then begins at the first minute that exists.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        // A midnight that comes twice begins at its first coming, which has the greater offset.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
