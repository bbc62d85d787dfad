using Sluice.Core;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Time;

public sealed class IntervalTextTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2015-05-01T00:00:00Z/2015-05-02T00:00:00Z", "2015-05-01T00:00:00Z/2015-05-02T00:00:00Z", "2015-05-01")]
    // As Airflow writes it.
    [InlineData(
        "2015-05-01T00:00:00+00:00/2015-05-01T01:00:00+00:00",
        "2015-05-01T00:00:00Z/2015-05-01T01:00:00Z",
        "2015-05-01"
    )]
    [InlineData(
        "2015-05-01T00:00+02:00/2015-05-01T01:00+0200",
        "2015-04-30T22:00:00Z/2015-04-30T23:00:00Z",
        "2015-05-01"
    )]
    [InlineData(
        "2015-05-01T20:00:00.25-03:00/2015-05-02T00:00:00Z",
        "2015-05-01T23:00:00.250000Z/2015-05-02T00:00:00Z",
        "2015-05-02"
    )]
    public void Any_offset_is_understood_and_the_logical_date_is_local(string text, string id, string ds)
    {
        var interval = IntervalText.Parse(text, Berlin);

        Assert.Equal((id, ds), (interval.Id, interval.Ds));
    }

    [Theory]
    [InlineData("2015-05-01", "START/END is wanted")]
    [InlineData("2015-05-01/2015-05-02", "'2015-05-01' is no time")]
    [InlineData("2015-05-01T00:00:00/2015-05-02T00:00:00Z", "does not say its offset")]
    [InlineData("2015-05-02T00:00:00Z/2015-05-01T00:00:00Z", "does not end after its start")]
    [InlineData("2015-05-01T00:00:00Z/2015-05-01T00:00:00Z", "does not end after its start")]
    [InlineData("2015-05-01T00:00:00Z/2015-05-32T00:00:00Z", "is no time")]
    [InlineData("0001-05-01T00:00:00Z/2015-05-02T00:00:00Z", "lies outside of the years")]
    public void What_is_none_is_refused(string text, string words) =>
        Assert.Contains(
            words,
            Assert.Throws<DefinitionException>(() => IntervalText.Parse(text, Berlin)).Problem,
            StringComparison.Ordinal
        );
}
