using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Project.Funnels;

namespace Sluice.Tests.Project.Funnels;

public sealed class BreakdownTextTests
{
    [Theory]
    [InlineData("sex", BreakdownOf.Any, "sex", null, "sex")]
    [InlineData("user.sex", BreakdownOf.User, "sex", null, "sex")]
    [InlineData("event.amount", BreakdownOf.Event, "amount", null, "amount")]
    [InlineData(" sex ", BreakdownOf.Any, "sex", null, "sex")]
    [InlineData("user.month", BreakdownOf.User, "month", null, "month")]
    [InlineData("month_of_year:date", BreakdownOf.Any, "date", DatePeriod.MonthOfYear, "month_of_year")]
    [InlineData("month:user.date", BreakdownOf.User, "date", DatePeriod.Month, "month")]
    [InlineData("day:a:b", BreakdownOf.Any, "a:b", DatePeriod.Day, "day")]
    [InlineData("hour", BreakdownOf.Entry, "", DatePeriod.Hour, "hour")]
    [InlineData("day", BreakdownOf.Entry, "", DatePeriod.Day, "day")]
    [InlineData("week", BreakdownOf.Entry, "", DatePeriod.Week, "week")]
    [InlineData("month", BreakdownOf.Entry, "", DatePeriod.Month, "month")]
    [InlineData("quarter", BreakdownOf.Entry, "", DatePeriod.Quarter, "quarter")]
    [InlineData("year", BreakdownOf.Entry, "", DatePeriod.Year, "year")]
    [InlineData("day_of_week", BreakdownOf.Any, "day_of_week", null, "day_of_week")]
    [InlineData("event.utm:src", BreakdownOf.Event, "utm:src", null, "utm:src")]
    [InlineData("user.month:date", BreakdownOf.User, "month:date", null, "month:date")]
    [InlineData("\"utm:src\"", BreakdownOf.Any, "utm:src", null, "utm:src")]
    [InlineData("\"event.kind\"", BreakdownOf.Any, "event.kind", null, "event.kind")]
    [InlineData("\"month\"", BreakdownOf.Any, "month", null, "month")]
    [InlineData("event.\"a,b\"", BreakdownOf.Event, "a,b", null, "a,b")]
    [InlineData("month:user.\"born on\"", BreakdownOf.User, "born on", DatePeriod.Month, "month")]
    [InlineData("\"a\"\"b\"", BreakdownOf.Any, "a\"b", null, "a\"b")]
    [InlineData("a\"b", BreakdownOf.Any, "a\"b", null, "a\"b")]
    [InlineData("two words", BreakdownOf.Any, "two words", null, "two words")]
    public void A_breakdown_is_a_property_or_a_period(
        string text,
        BreakdownOf of,
        string property,
        DatePeriod? period,
        string label
    )
    {
        var breakdown = BreakdownText.Parse(text);

        Assert.Equal(new(of, property, period), breakdown);
        Assert.Equal(label, breakdown.Label);
    }

    [Theory]
    [InlineData("", "A breakdown is empty.")]
    [InlineData("  ", "A breakdown is empty.")]
    [InlineData("fortnight:date", "There is no period 'fortnight'.")]
    [InlineData("hour:date", "A date has no hour.")]
    [InlineData("month:event.at", "A period is taken of a user's date or of the entry, not of 'event.at'.")]
    [InlineData("month:", "A breakdown names no property.")]
    [InlineData("user.", "A breakdown names no property.")]
    [InlineData("event.", "A breakdown names no property.")]
    [InlineData("month:user.", "A breakdown names no property.")]
    [InlineData("month: ", "A breakdown names no property.")]
    [InlineData("\"a", "The quotes of \"a do not close.")]
    [InlineData("\"", "The quotes of \" do not close.")]
    [InlineData("\"a\"b\"", "The quotes of \"a\"b\" do not close.")]
    public void What_is_no_breakdown_is_refused(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<DefinitionException>(() => BreakdownText.Parse(text)).Problem);

    [Fact]
    public void A_misspelt_period_is_answered_with_the_nearest_one() =>
        Assert.Equal(
            "Did you mean 'month'? A property of that name is written in double quotes: \"mnth:user.date\".",
            Assert.Throws<DefinitionException>(() => BreakdownText.Parse("mnth:user.date")).Hint
        );
}
