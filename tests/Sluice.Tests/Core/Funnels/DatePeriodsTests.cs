using Sluice.Core.Funnels;

namespace Sluice.Tests.Core.Funnels;

public sealed class DatePeriodsTests
{
    [Fact]
    public void The_names_are_those_of_the_notation() =>
        Assert.Equal(["day", "week", "month", "quarter", "year", "month_of_year", "day_of_week"], DatePeriods.Names);

    [Fact]
    public void Every_name_is_found_again() =>
        Assert.Equal(Enum.GetValues<DatePeriod>(), DatePeriods.Names.Select(name => DatePeriods.Find(name)!.Value));

    [Theory]
    [InlineData("")]
    [InlineData("Month")]
    [InlineData("MonthOfYear")]
    [InlineData("hour")]
    [InlineData("2")]
    public void Another_name_is_none(string name) => Assert.Null(DatePeriods.Find(name));

    [Fact]
    public void Their_sql_is_what_was_reviewed() =>
        Golden.Match(
            "sql/date_periods.sql",
            string.Concat(Enum.GetValues<DatePeriod>().Select(period => $"{period.ToSql("u.\"date\"")}\n"))
        );
}
