using System.Globalization;
using CsCheck;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Time;

public sealed class DataIntervalTests
{
    [Theory]
    [InlineData("UTC", "2015-05-01", "2015-05-01T00:00:00Z/2015-05-02T00:00:00Z")]
    [InlineData("Europe/Berlin", "2015-05-01", "2015-04-30T22:00:00Z/2015-05-01T22:00:00Z")]
    [InlineData("Asia/Kathmandu", "2015-05-01", "2015-04-30T18:15:00Z/2015-05-01T18:15:00Z")]
    [InlineData("America/New_York", "2016-02-29", "2016-02-29T05:00:00Z/2016-03-01T05:00:00Z")]
    public void A_day_begins_at_its_local_midnight(string zone, string date, string id) =>
        Assert.Equal(id, Day(zone, date).Id);

    [Theory]
    [InlineData("Europe/Berlin", "2015-03-29", 23)]
    [InlineData("Europe/Berlin", "2015-10-25", 25)]
    [InlineData("Europe/Dublin", "2015-03-29", 23)]
    [InlineData("Europe/Dublin", "2015-10-25", 25)]
    [InlineData("Australia/Lord_Howe", "2015-04-05", 24.5)]
    [InlineData("America/Sao_Paulo", "2018-11-04", 23)]
    [InlineData("America/Sao_Paulo", "2018-02-17", 25)]
    [InlineData("Africa/Cairo", "2014-05-16", 23)]
    [InlineData("Atlantic/Azores", "2015-10-25", 25)]
    public void A_day_of_changing_clocks_is_shorter_or_longer(string zone, string date, double hours) =>
        Assert.Equal(hours, (Day(zone, date).End - Day(zone, date).Start).TotalHours);

    [Fact]
    public void Where_midnight_is_skipped_the_day_begins_at_the_first_minute_that_exists() =>
        Assert.Equal("2018-11-04T03:00:00Z/2018-11-05T02:00:00Z", Day("America/Sao_Paulo", "2018-11-04").Id);

    [Fact]
    public void Where_midnight_comes_twice_the_day_begins_at_its_first_coming() =>
        Assert.Equal("2015-10-25T00:00:00Z/2015-10-26T01:00:00Z", Day("Atlantic/Azores", "2015-10-25").Id);

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Africa/Cairo")]
    [InlineData("Atlantic/Azores")]
    [InlineData("America/Havana")]
    [InlineData("Asia/Tehran")]
    [InlineData("Asia/Beirut")]
    public void Days_follow_each_other_and_know_their_date(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var day = DataInterval.OfDay(new(2009, 12, 31), zone);
        for (var date = new DateOnly(2010, 1, 1); date < new DateOnly(2020, 1, 1); date = date.AddDays(1))
        {
            var next = DataInterval.OfDay(date, zone);

            Assert.Equal(day.End, next.Start);
            Assert.InRange((next.End - next.Start).TotalHours, 23, 25);
            Assert.Equal(date, DataInterval.Parse(next.Id, zone).LogicalDate);
            day = next;
        }
    }

    [Fact]
    public void Parse_reads_what_id_wrote() =>
        Gen.Select(Gen.Long[-62_000_000_000_000_000, 253_000_000_000_000_000], Gen.Long[1, 200_000_000_000])
            .Sample(
                (start, length) =>
                {
                    var from = Micros.ToInstant(start);
                    var interval = new DataInterval(
                        from,
                        Micros.ToInstant(start + length),
                        DateOnly.FromDateTime(from.UtcDateTime)
                    );
                    return DataInterval.Parse(interval.Id, TimeZoneInfo.Utc) == interval;
                },
                iter: 5_000
            );

    [Fact]
    public void Parse_takes_offsets() =>
        Assert.Equal(
            Day("Europe/Berlin", "2015-05-01"),
            DataInterval.Parse(
                "2015-05-01T00:00:00+02:00/2015-05-02T00:00:00+02:00",
                TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("2015-05-01")]
    [InlineData("2015-05-01T00:00:00Z/")]
    [InlineData("/")]
    [InlineData("a/b")]
    [InlineData("2015-05-01T00:00:00Z/2015-05-02T00:00:00Z/2015-05-03T00:00:00Z")]
    public void What_is_no_interval_is_refused(string text) =>
        Assert.Throws<FormatException>(() => DataInterval.Parse(text, TimeZoneInfo.Utc));

    [Fact]
    public void The_end_is_after_the_start()
    {
        var at = DateTimeOffset.UnixEpoch;

        Assert.Throws<ArgumentOutOfRangeException>(() => new DataInterval(at, at, new(1970, 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataInterval(at, at.AddTicks(-1), new(1970, 1, 1)));
    }

    [Fact]
    public void Its_text_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            strange.DateTimeFormat.TimeSeparator = ".";
            strange.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = strange;

            Assert.Equal("2015-05-01", Day("UTC", "2015-05-01").Ds);
            Assert.Equal("2015-05-01T00:00:00Z/2015-05-02T00:00:00Z", Day("UTC", "2015-05-01").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static DataInterval Day(string zone, string date) =>
        DataInterval.OfDay(
            DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            TimeZoneInfo.FindSystemTimeZoneById(zone)
        );

    [Fact]
    public void An_interval_that_ends_before_it_starts_is_refused_as_text() =>
        Assert.Throws<FormatException>(() =>
            DataInterval.Parse("2015-05-02T00:00:00Z/2015-05-01T00:00:00Z", TimeZoneInfo.Utc)
        );

    [Theory]
    [InlineData("Pacific/Apia", "2011-12-29")]
    [InlineData("Pacific/Fakaofo", "2011-12-29")]
    [InlineData("Pacific/Kwajalein", "1993-08-20")]
    public void The_day_before_one_that_a_zone_left_out_is_a_day_like_others(string zone, string date) =>
        Assert.Equal(24, (Day(zone, date).End - Day(zone, date).Start).TotalHours);

    [Theory]
    [InlineData(999)]
    [InlineData(9001)]
    public void Days_of_other_years_are_no_intervals(int year) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            DataInterval.OfDay(new DateOnly(year, 1, 1), TimeZoneInfo.Utc)
        );

    [Fact]
    public void A_day_that_a_zone_left_out_starts_and_ends_with_the_day_after()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Apia");

        var start = DataInterval.StartOf(new DateOnly(2011, 12, 30), zone);

        Assert.Equal(new DateTimeOffset(2011, 12, 30, 10, 0, 0, TimeSpan.Zero), start);
        Assert.Equal(start, DataInterval.StartOf(new DateOnly(2011, 12, 31), zone));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataInterval.OfDay(new DateOnly(2011, 12, 30), zone));
    }
}
