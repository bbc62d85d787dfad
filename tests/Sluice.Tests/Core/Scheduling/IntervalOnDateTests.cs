using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Timetables;

namespace Sluice.Tests.Core.Scheduling;

public sealed class IntervalOnDateTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("@daily", "2015-05-01", "2015-04-30T22:00:00Z/2015-05-01T22:00:00Z")]
    [InlineData("0 2 * * *", "2015-05-01", "2015-05-01T00:00:00Z/2015-05-02T00:00:00Z")]
    // The 3rd of May was a Sunday.
    [InlineData("@weekly", "2015-05-03", "2015-05-02T22:00:00Z/2015-05-09T22:00:00Z")]
    // The night in which the clocks went forward.
    [InlineData("@daily", "2015-03-29", "2015-03-28T23:00:00Z/2015-03-29T22:00:00Z")]
    public void It_is_the_one_that_starts_on_the_local_date(string schedule, string date, string id) =>
        Assert.Equal(id, Find(CronTimetable.Parse(schedule, Berlin), date).Id);

    [Fact]
    public void Without_a_schedule_it_is_the_day() =>
        Assert.Equal("2015-04-30T22:00:00Z/2015-05-01T22:00:00Z", Find(ManualTimetable.Instance, "2015-05-01").Id);

    [Fact]
    public void Of_several_one_must_be_named()
    {
        var refused = Assert.Throws<DefinitionException>(() =>
            Find(CronTimetable.Parse("@hourly", Berlin), "2015-05-01")
        );

        Assert.Contains(
            "Several intervals of d (@hourly) start on 2015-05-01",
            refused.Problem,
            StringComparison.Ordinal
        );
        Assert.Contains("--interval 2015-04-30T22:00:00Z/2015-04-30T23:00:00Z", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_date_on_which_none_starts_is_refused_with_the_next_one()
    {
        var refused = Assert.Throws<DefinitionException>(() =>
            Find(CronTimetable.Parse("@weekly", Berlin), "2015-05-01")
        );

        Assert.Contains("No interval of d (@weekly) starts on 2015-05-01", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("--date 2015-05-03", refused.Hint, StringComparison.Ordinal);
    }

    private static Sluice.Core.Time.DataInterval Find(Timetable timetable, string date) =>
        IntervalOnDate.Find(
            new DagDefinition("d", []) { Timetable = timetable, TimeZone = Berlin },
            DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        );
}
