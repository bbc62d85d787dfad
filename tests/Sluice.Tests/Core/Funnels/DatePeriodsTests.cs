using System.Globalization;
using Sluice.Core.Funnels;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Funnels;

public sealed class DatePeriodsTests
{
    [Fact]
    public void The_names_are_those_of_the_notation() =>
        Assert.Equal(
            ["hour", "day", "week", "month", "quarter", "year", "month_of_year", "day_of_week"],
            DatePeriods.Names
        );

    [Fact]
    public void Every_name_is_found_again() =>
        Assert.Equal(Enum.GetValues<DatePeriod>(), DatePeriods.Names.Select(name => DatePeriods.Find(name)!.Value));

    [Theory]
    [InlineData("")]
    [InlineData("Month")]
    [InlineData("MonthOfYear")]
    [InlineData("2")]
    public void Another_name_is_none(string name) => Assert.Null(DatePeriods.Find(name));

    [Theory]
    [InlineData(DatePeriod.Day, "2015-05-06")]
    [InlineData(DatePeriod.Week, "2015-05-04")]
    [InlineData(DatePeriod.Month, "2015-05-01")]
    [InlineData(DatePeriod.Quarter, "2015-04-01")]
    [InlineData(DatePeriod.Year, "2015-01-01")]
    public void A_period_is_named_by_its_first_day(DatePeriod period, string first) =>
        Assert.Equal(DateOnly.Parse(first, CultureInfo.InvariantCulture), period.ValueOf(new DateOnly(2015, 5, 6)));

    [Fact]
    public void A_week_begins_on_monday() =>
        Assert.Equal(new DateOnly(2014, 12, 29), DatePeriod.Week.ValueOf(new DateOnly(2015, 1, 4)));

    [Fact]
    public void Months_and_days_are_counted_from_1() =>
        Assert.Equal(
            (5L, 7L),
            (DatePeriod.MonthOfYear.ValueOf(new(2015, 5, 3)), DatePeriod.DayOfWeek.ValueOf(new(2015, 5, 3)))
        );

    [Fact]
    public void The_hour_that_comes_twice_is_two_hours()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var summer = Micros.From(new DateTimeOffset(2015, 10, 25, 0, 30, 0, TimeSpan.Zero));
        var winter = Micros.From(new DateTimeOffset(2015, 10, 25, 1, 30, 0, TimeSpan.Zero));

        Assert.Equal(new DateTimeOffset(2015, 10, 25, 0, 0, 0, TimeSpan.Zero), DatePeriod.Hour.ValueAt(summer, zone));
        Assert.Equal(new DateTimeOffset(2015, 10, 25, 1, 0, 0, TimeSpan.Zero), DatePeriod.Hour.ValueAt(winter, zone));
        Assert.Equal(new DateOnly(2015, 10, 25), DatePeriod.Day.ValueAt(winter, zone));
    }

    [Theory]
    [InlineData(DatePeriod.Day, "9999-12-31")]
    [InlineData(DatePeriod.Week, "9999-12-27")]
    [InlineData(DatePeriod.Month, "9999-12-01")]
    [InlineData(DatePeriod.Quarter, "9999-10-01")]
    [InlineData(DatePeriod.Year, "9999-01-01")]
    public void The_last_period_of_the_calendar_has_none_after_it(DatePeriod period, string first)
    {
        var date = DateOnly.Parse(first, CultureInfo.InvariantCulture);

        Assert.Equal(date, period.ValueOf(DateOnly.MaxValue));
        Assert.Null(period.NextAfter(date));
        Assert.Equal(date, period.NextAfter((DateOnly)period.ValueOf(date.AddDays(-1))));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Tokyo")]
    public void What_lies_outside_of_the_calendar_has_no_period(string zone)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Assert.Equal(new DateOnly(1, 1, 1), DatePeriod.Day.ValueAt(Micros.FirstOfYear1, clock));
        Assert.Equal(new DateOnly(9999, 12, 31), DatePeriod.Day.ValueAt(Micros.LastOfYear9999, clock));
        Assert.Null(DatePeriod.Day.ValueAt(Micros.FirstOfYear1 - 1, clock));
        Assert.Null(DatePeriod.Hour.ValueAt(Micros.LastOfYear9999 + 1, clock));
    }
}
