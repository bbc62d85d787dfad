namespace Sluice.Core.Funnels;

/// <summary>The names of periods in the funnel notation, and the SQL that computes them.</summary>
public static class DatePeriods
{
    /// <summary>All names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<DatePeriod>().Select(ToName)];

    /// <summary>The name: <c>month_of_year</c>.</summary>
    public static string ToName(this DatePeriod period) =>
        period switch
        {
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

    /// <summary>The period of a date expression, as an integer or a date.</summary>
    internal static string ToSql(this DatePeriod period, string date) =>
        period switch
        {
            DatePeriod.MonthOfYear => $"CAST(EXTRACT(MONTH FROM CAST({date} AS DATE)) AS BIGINT)",
            DatePeriod.DayOfWeek => $"CAST(EXTRACT(ISODOW FROM CAST({date} AS DATE)) AS BIGINT)",
            _ => $"CAST(date_trunc('{period.ToName()}', CAST({date} AS DATE)) AS DATE)",
        };
}
