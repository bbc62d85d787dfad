using System.Globalization;
using CsCheck;
using Sluice.Core;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Scheduling;

public sealed class TimetableTests
{
    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "America/St_Johns",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Africa/Casablanca",
    ];

    // Two ways to say what a day is, of which the other is what extracts and funnels use.
    [Fact]
    public void The_days_of_a_schedule_are_those_of_the_project() =>
        Gen.Select(Gen.Int[0, Zones.Length - 1].Select(place => Zones[place]), Gen.Int[0, 60 * 366])
            .SelectMany(pair => Gen.Double[0, 1].Select(share => (pair.Item1, pair.Item2, share)))
            .Sample(
                (name, day, share) =>
                {
                    var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
                    var interval = DataInterval.OfDay(new DateOnly(1990, 1, 1).AddDays(day), zone);
                    var inside =
                        interval.Start
                        + TimeSpan.FromSeconds(Math.Floor(share * (interval.End - interval.Start).TotalSeconds));
                    var daily = CronTimetable.Daily(zone);
                    Assert.Equal(interval, daily.StartingAt(interval.Start));
                    Assert.Equal(interval, daily.Containing(share < 1 ? inside : interval.Start));
                    Assert.Equal(interval, daily.LastEndedBy(interval.End));
                },
                iter: 50_000
            );

    [Theory]
    [InlineData("@hourly", "UTC", "2015-05-01T00:00Z 01:00 02:00 03:00")]
    [InlineData("0 2 * * *", "Europe/Berlin", "2015-05-01T00:00Z 00:00 00:00 00:00")]
    [InlineData("0 12 * * 1-5", "UTC", "2015-05-01T12:00Z 12:00 12:00 12:00")]
    [InlineData("@monthly", "UTC", "2015-05-01T00:00Z 00:00 00:00 00:00")]
    public void Intervals_follow_each_other_without_gap(string text, string zone, string starts)
    {
        var timetable = CronTimetable.Parse(text, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var intervals = new List<DataInterval>();
        for (
            var next = timetable.FirstFrom(Instant("2015-05-01T00:00Z"));
            intervals.Count < 4;
            next = timetable.FirstFrom(next!.Value.End)
        )
        {
            intervals.Add(next!.Value);
        }

        Assert.Equal(
            starts,
            $"{intervals[0].Start:yyyy-MM-ddTHH:mmZ} {string.Join(' ', intervals.Skip(1).Select(next => next.Start.ToString("HH:mm", CultureInfo.InvariantCulture)))}"
        );
        Assert.All(intervals.Zip(intervals.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }

    [Theory]
    [InlineData("@daily", "2015-05-03T00:00Z", "2015-05-02T00:00Z")]
    [InlineData("@daily", "2015-05-02T23:59Z", "2015-05-01T00:00Z")]
    [InlineData("6h", "2015-05-01T06:00Z", "2015-05-01T00:00Z")]
    [InlineData("6h", "2015-05-01T05:59Z", null)]
    [InlineData("6h", "2015-04-01T00:00Z", null)]
    public void The_last_interval_that_is_over(string text, string at, string? start)
    {
        var utc = TimeZoneInfo.Utc;
        Timetable timetable =
            text == "6h"
                ? new SpanTimetable(text, TimeSpan.FromHours(6), Instant("2015-05-01T00:00Z"), utc)
                : CronTimetable.Parse(text, utc);

        Assert.Equal(start is null ? null : Instant(start), timetable.LastEndedBy(Instant(at))?.Start);
    }

    [Fact]
    public void Spans_are_elapsed_time_and_begin_nowhere_else()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var timetable = new SpanTimetable("1d", TimeSpan.FromDays(1), Instant("2015-03-28T23:00Z"), zone);

        Assert.Equal(Instant("2015-03-29T23:00Z"), timetable.FirstFrom(Instant("2015-03-28T23:01Z"))!.Value.Start);
        Assert.Null(timetable.StartingAt(Instant("2015-03-29T22:00Z")));
        Assert.Equal(new DateOnly(2015, 3, 30), timetable.StartingAt(Instant("2015-03-29T23:00Z"))!.Value.LogicalDate);
        Assert.Null(timetable.FirstFrom(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void A_dag_without_schedule_has_no_interval_of_its_own() =>
        Assert.Null(ManualTimetable.Instance.LastEndedBy(Instant("2015-05-01T00:00Z")));

    [Theory]
    [InlineData("@fortnightly", "'@fortnightly' is no schedule.")]
    [InlineData("0 2 * *", "'0 2 * *' is no schedule.")]
    [InlineData("0 25 * * *", "'0 25 * * *' is no schedule.")]
    [InlineData("0 0 31 2 *", "The time of '0 0 31 2 *' never comes.")]
    public void What_is_no_schedule_is_refused(string text, string problem) =>
        Assert.Equal(
            problem,
            Assert.Throws<DefinitionException>(() => CronTimetable.Parse(text, TimeZoneInfo.Utc)).Problem
        );

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
