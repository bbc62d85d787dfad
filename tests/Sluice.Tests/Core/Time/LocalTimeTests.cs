using System.Globalization;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Time;

public sealed class LocalTimeTests
{
    [Theory]
    [InlineData("UTC", "2015-05-01 12:00:00", "2015-05-01 12:00:00")]
    [InlineData("Europe/Berlin", "2015-05-01 12:00:00", "2015-05-01 10:00:00")]
    [InlineData("Europe/Berlin", "2015-01-01 12:00:00", "2015-01-01 11:00:00")]
    [InlineData("Asia/Kathmandu", "2015-01-01 05:45:00", "2015-01-01 00:00:00")]
    [InlineData("America/New_York", "1969-12-31 19:00:00", "1970-01-01 00:00:00")]
    [InlineData("Europe/London", "1969-07-20 21:17:40", "1969-07-20 20:17:40")]
    public void A_wall_clock_is_turned_into_utc(string zone, string local, string utc) => AssertUtc(zone, local, utc);

    [Theory]
    [InlineData("Europe/Berlin", "2015-10-25 02:30:00", "2015-10-25 00:30:00")]
    [InlineData("Europe/Dublin", "2015-10-25 01:30:00", "2015-10-25 00:30:00")]
    [InlineData("America/New_York", "2015-11-01 01:30:00", "2015-11-01 05:30:00")]
    public void A_time_that_comes_twice_means_its_first_coming(string zone, string local, string utc) =>
        AssertUtc(zone, local, utc);

    [Theory]
    [InlineData("Europe/Berlin", "2015-03-29 02:30:00", "2015-03-29 01:30:00")]
    [InlineData("America/Sao_Paulo", "2018-11-04 00:10:00", "2018-11-04 03:10:00")]
    public void A_time_that_was_skipped_lies_as_far_behind_the_change(string zone, string local, string utc) =>
        AssertUtc(zone, local, utc);

    [Fact]
    public void Microseconds_stay() =>
        Assert.Equal(
            MicrosOf("2015-05-01 10:00:00") + 123_456,
            LocalTime.ToUtc(MicrosOf("2015-05-01 12:00:00") + 123_456, Zone("Europe/Berlin"))
        );

    private static void AssertUtc(string zone, string local, string utc) =>
        Assert.Equal(MicrosOf(utc), LocalTime.ToUtc(MicrosOf(local), Zone(zone)));

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);

    private static long MicrosOf(string text) =>
        Micros.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    [Fact]
    public void A_skipped_time_lies_behind_the_change_also_where_winter_is_the_exception() =>
        AssertUtc("Europe/Dublin", "2015-03-29 01:30:00", "2015-03-29 01:30:00");
}
