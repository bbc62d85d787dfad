using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Project.Funnels;

namespace Sluice.Tests.Project.Funnels;

public sealed class BreakdownTextTests
{
    [Theory]
    [InlineData("sex", "sex", null, "sex")]
    [InlineData("user.sex", "sex", null, "sex")]
    [InlineData(" sex ", "sex", null, "sex")]
    [InlineData("month_of_year:date", "date", DatePeriod.MonthOfYear, "month_of_year")]
    [InlineData("month:user.date", "date", DatePeriod.Month, "month")]
    [InlineData("day:a:b", "a:b", DatePeriod.Day, "day")]
    public void A_breakdown_is_a_property_or_a_period_of_one(
        string text,
        string property,
        DatePeriod? period,
        string label
    )
    {
        var breakdown = BreakdownText.Parse(text);

        Assert.Equal((property, period, label), (breakdown.Property, breakdown.Period, breakdown.Label));
    }

    [Theory]
    [InlineData("", "A breakdown is empty.")]
    [InlineData("  ", "A breakdown is empty.")]
    [InlineData("hour", "A breakdown by the hour of the entry is not supported by this version.")]
    [InlineData("month", "A breakdown by the month of the entry is not supported by this version.")]
    [InlineData("fortnight:date", "There is no period 'fortnight'.")]
    [InlineData("hour:date", "There is no period 'hour'.")]
    public void What_is_no_breakdown_is_refused(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<DefinitionException>(() => BreakdownText.Parse(text)).Problem);

    [Theory]
    [InlineData("month:")]
    [InlineData("user.")]
    [InlineData("month:user.")]
    [InlineData("month: ")]
    public void A_property_without_a_name_is_refused(string text) =>
        Assert.Throws<DefinitionException>(() => BreakdownText.Parse(text));
}
