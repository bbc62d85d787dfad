using Sluice.Core.Time;

namespace Sluice.Core.Funnels;

/// <summary>The names of periods in the funnel notation, and the values they have.</summary>
public static class DatePeriods
{
    /// <summary>All names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<DatePeriod>().Select(ToName)];

    /// <summary>The name: <c>month_of_year</c>.</summary>
    public static string ToName(this DatePeriod period) =>
        period switch
        {
            DatePeriod.Hour => "hour",
            DatePeriod.Day => "day",
            DatePeriod.Week => "week",
            DatePeriod.Month => "month",
            DatePeriod.Quarter => "quarter",
            DatePeriod.Year => "year",
            DatePeriod.MonthOfYear => "month_of_year",
            DatePeriod.DayOfWeek => "day_of_week",
        };

    /// <summary>The period of that name, or null.</summary>
    public static DatePeriod? Find(string name)
    {
        foreach (var period in Enum.GetValues<DatePeriod>())
        {
            if (string.Equals(period.ToName(), name, StringComparison.Ordinal))
            {
                return period;
            }
        }

        return null;
    }

    /// <summary>The periods of an entry; the others are those of a date.</summary>
    public static IReadOnlyList<DatePeriod> OfEntry { get; } =
    [DatePeriod.Hour, DatePeriod.Day, DatePeriod.Week, DatePeriod.Month, DatePeriod.Quarter, DatePeriod.Year];

    /// <summary>The period an instant lies in, by the wall clock of a zone.</summary>
    /// <param name="period">The period.</param>
    /// <param name="micros">The instant.</param>
    /// <param name="zone">The zone.</param>
    /// <returns>
    /// A <see cref="DateOnly"/>, a number, or for the hour its first instant as a UTC <see cref="DateTimeOffset"/>; null
    /// outside of the years 1 to 9999.
    /// </returns>
    public static object? ValueAt(this DatePeriod period, long micros, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (micros is < Micros.FirstOfYear1 or > Micros.LastOfYear9999)
        {
            return null;
        }

        return period == DatePeriod.Hour
            ? HourAt(Micros.ToInstant(micros), zone)
            : period.ValueOf(LocalDay.At(micros, zone));
    }

    // Where clocks change by less than an hour, the change cuts an hour in two.
    private static DateTimeOffset HourAt(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(instant);
        var sinceHour = (instant.Ticks + offset.Ticks + TimeSpan.TicksPerDay) % TimeSpan.TicksPerHour;
        var first = instant.AddTicks(-Math.Min(instant.Ticks, sinceHour));
        while (zone.GetUtcOffset(first) != offset)
        {
            first = first.AddSeconds(1);
        }

        return first;
    }

    /// <summary>The period a date lies in: its first day, or the number of the month or day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A date has no hour.</exception>
    public static object ValueOf(this DatePeriod period, DateOnly date) =>
        period switch
        {
            DatePeriod.Day => date,
            DatePeriod.Week => date.AddDays(-Math.Min(date.DayNumber, IsoDayOf(date) - 1)),
            DatePeriod.Month => new DateOnly(date.Year, date.Month, 1),
            DatePeriod.Quarter => new DateOnly(date.Year, ((date.Month - 1) / 3 * 3) + 1, 1),
            DatePeriod.Year => new DateOnly(date.Year, 1, 1),
            DatePeriod.MonthOfYear => (long)date.Month,
            DatePeriod.DayOfWeek => (long)IsoDayOf(date),
            DatePeriod.Hour => throw new ArgumentOutOfRangeException(nameof(period)),
        };

    /// <summary>The first day of the period after the one that begins with <paramref name="first"/>; null after year 9999.</summary>
    public static DateOnly? NextAfter(this DatePeriod period, DateOnly first)
    {
        var (days, months) = period switch
        {
            DatePeriod.Day => (1, 0),
            DatePeriod.Week => (7, 0),
            DatePeriod.Month => (0, 1),
            DatePeriod.Quarter => (0, 3),
            DatePeriod.Year => (0, 12),
            _ => throw new ArgumentOutOfRangeException(nameof(period)),
        };
        var month = (12 * first.Year) + first.Month - 1 + months;
        return month >= 12 * 10_000 || first.DayNumber + days > DateOnly.MaxValue.DayNumber
            ? null
            : first.AddDays(days).AddMonths(months);
    }

    private static int IsoDayOf(DateOnly date) => date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;
}
