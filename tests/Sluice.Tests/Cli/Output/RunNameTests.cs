using Sluice.Cli.Output;
using Sluice.Core.Time;

namespace Sluice.Tests.Cli.Output;

public sealed class RunNameTests
{
    [Theory]
    [InlineData("2015-04-30T22:00:00Z/2015-05-01T22:00:00Z", "2015-05-01")]
    [InlineData("2015-03-28T23:00:00Z/2015-03-29T22:00:00Z", "2015-03-29")] // a day of 23 hours
    [InlineData("2015-05-01T00:00:00Z/2015-05-02T00:00:00Z", "2015-05-01T00:00Z")] // no day of Berlin
    [InlineData("2015-04-30T22:00:00Z/2015-04-30T23:00:00Z", "2015-04-30T22:00Z")]
    [InlineData("2015-04-25T22:00:00Z/2015-05-02T22:00:00Z", "2015-04-25T22:00Z")]
    [InlineData("2015-05-01T06:00:30Z/2015-05-01T06:01:30Z", "2015-05-01T06:00:30Z")]
    public void A_run_is_named_by_its_date_where_it_is_a_whole_day_and_else_by_its_start(
        string interval,
        string expected
    )
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.Equal(expected, RunName.Of(DataInterval.Parse(interval, zone), zone));
    }
}
