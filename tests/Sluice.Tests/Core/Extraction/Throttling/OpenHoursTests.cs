using CsCheck;
using Sluice.Core.Extraction.Throttling;

namespace Sluice.Tests.Core.Extraction.Throttling;

public sealed class OpenHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("22:00-06:00", "2026-01-10T23:00+01:00", null)]
    [InlineData("22:00-06:00", "2026-01-10T05:59+01:00", null)]
    [InlineData("22:00-06:00", "2026-01-10T06:00+01:00", "2026-01-10T22:00+01:00")]
    [InlineData("22:00-06:00", "2026-01-10T22:00+01:00", null)]
    [InlineData("01:00-02:00 12:00-13:00", "2026-01-10T02:00+01:00", "2026-01-10T12:00+01:00")]
    [InlineData("01:00-02:00 12:00-13:00", "2026-01-10T13:00+01:00", "2026-01-11T01:00+01:00")]
    [InlineData("00:00-00:00", "2026-01-10T13:00+01:00", null)]
    [InlineData("22:00-00:00", "2026-01-10T23:59+01:00", null)]
    [InlineData("22:00-00:00", "2026-01-11T00:00+01:00", "2026-01-11T22:00+01:00")]
    // The night in which 02:00 to 03:00 does not exist, and the one in which it comes twice.
    [InlineData("02:30-04:00", "2026-03-29T01:59+01:00", "2026-03-29T03:30+02:00")]
    [InlineData("22:00-06:00", "2026-03-29T05:59+02:00", null)]
    [InlineData("22:00-06:00", "2026-10-25T05:59+01:00", null)]
    [InlineData("22:00-06:00", "2026-10-25T06:00+01:00", "2026-10-25T22:00+01:00")]
    public void Outside_its_hours_a_source_waits_for_the_next(string hours, string instant, string? opens) =>
        Assert.Equal(
            opens is null ? null : DateTimeOffset.Parse(opens, null),
            OpenHours.OpensAt(Parse(hours), Berlin, DateTimeOffset.Parse(instant, null))
        );

    [Fact]
    public void Without_hours_a_source_is_always_open() =>
        Assert.Null(OpenHours.OpensAt([], Berlin, DateTimeOffset.UnixEpoch));

    // In a zone without changes the hours say it themselves, minute by minute.
    [Fact]
    public void It_opens_at_the_first_minute_that_lies_in_its_hours() =>
        Gen.Select(Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439]).Array[1, 3], Gen.Int[0, 1439])
            .Sample(
                (spans, minute) =>
                {
                    var hours = spans.Select(span => (At(span.Item1), At(span.Item2))).ToList();
                    var now = new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute);

                    var wait = Enumerable
                        .Range(0, 1441)
                        .First(later => spans.Any(span => Contains(span, (minute + later) % 1440)));

                    Assert.Equal(
                        wait == 0 ? null : now.AddMinutes(wait),
                        OpenHours.OpensAt(hours, TimeZoneInfo.Utc, now)
                    );
                }
            );

    private static bool Contains((int From, int To) span, int minute) =>
        span.From < span.To ? minute >= span.From && minute < span.To : minute >= span.From || minute < span.To;

    private static TimeOnly At(int minute) => TimeOnly.MinValue.AddMinutes(minute);

    private static List<(TimeOnly, TimeOnly)> Parse(string hours) =>
        [
            .. hours
                .Split(' ')
                .Select(span => span.Split('-'))
                .Select(ends => (TimeOnly.Parse(ends[0], null), TimeOnly.Parse(ends[1], null))),
        ];
}
