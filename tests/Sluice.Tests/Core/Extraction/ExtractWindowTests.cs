using Sluice.Core.Extraction;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Extraction;

public sealed class ExtractWindowTests
{
    private const long Hour = 3_600_000_000;

    private static readonly DataInterval Day = DataInterval.OfDay(new(2015, 5, 2), TimeZoneInfo.Utc);
    private static readonly long Start = Micros.From(Day.Start);
    private static readonly long End = Micros.From(Day.End);

    [Fact]
    public void The_first_window_has_no_low() =>
        Assert.Equal(new(null, End), ExtractWindow.OfTimes(Day, previousHigh: null, Hour, isDone: false));

    [Fact]
    public void The_next_one_begins_a_lookback_before_the_last_high() =>
        Assert.Equal(new(Start - Hour, End), ExtractWindow.OfTimes(Day, Start, Hour, isDone: false));

    [Fact]
    public void After_missed_days_it_begins_where_the_last_one_ended() =>
        Assert.Equal(
            new(Start - (48 * Hour) - Hour, End),
            ExtractWindow.OfTimes(Day, Start - (48 * Hour), Hour, isDone: false)
        );

    [Theory]
    [InlineData(0)]
    [InlineData(72)]
    public void An_older_interval_is_read_by_its_own_bounds(int hoursAhead) =>
        Assert.Equal(
            new(Start - Hour, End),
            ExtractWindow.OfTimes(Day, End + (hoursAhead * Hour), Hour, isDone: false)
        );

    [Fact]
    public void So_is_one_that_is_read_again() =>
        Assert.Equal(new(Start - Hour, End), ExtractWindow.OfTimes(Day, End, Hour, isDone: true));

    [Theory]
    [InlineData(7L, null, 0L, null, 8L)]
    [InlineData(7L, 5L, 0L, 5L, 8L)]
    [InlineData(7L, 5L, 3L, 2L, 8L)]
    [InlineData(null, 5L, 0L, 5L, 5L)] // emptied since
    [InlineData(2L, 5L, 0L, 5L, 5L)] // the newest rows are gone: the high never goes down
    [InlineData(-3L, null, 0L, null, -2L)]
    [InlineData(null, null, 5L, null, long.MinValue)] // empty from the beginning
    [InlineData(3L, long.MinValue, 5L, null, 4L)] // and filled since
    public void Ids_reach_to_the_greatest(long? greatest, long? high, long lookback, long? low, long end) =>
        Assert.Equal(new(low, end), ExtractWindow.OfIds(greatest, high, lookback, loaded: null));

    [Fact]
    public void Ids_that_are_read_again_are_those_of_the_interval() =>
        Assert.Equal(new(3, 6), ExtractWindow.OfIds(100, 90, 10, loaded: (3, 5)));
}
