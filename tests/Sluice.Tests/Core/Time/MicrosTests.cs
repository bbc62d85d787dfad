using CsCheck;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Time;

public sealed class MicrosTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(19, 1)]
    [InlineData(-1, -1)]
    [InlineData(-9, -1)]
    [InlineData(-10, -1)]
    [InlineData(-11, -2)]
    public void What_is_finer_is_cut_off_toward_the_past(long ticks, long expected) =>
        Assert.Equal(expected, Micros.From(DateTimeOffset.UnixEpoch.AddTicks(ticks)));

    [Fact]
    public void The_offset_does_not_matter() =>
        Assert.Equal(0, Micros.From(new DateTimeOffset(1970, 1, 1, 5, 30, 0, TimeSpan.FromHours(5.5))));

    [Fact]
    public void Every_instant_comes_back() =>
        Gen.Long[-62_135_596_800_000_000, 253_402_300_799_999_999]
            .Sample(micros => Micros.From(Micros.ToInstant(micros)) == micros, iter: 5_000);

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_time_that_no_calendar_has_is_refused(long micros) =>
        Assert.Throws<OverflowException>(() => Micros.ToInstant(micros));

    [Fact]
    public void Days_are_counted_from_the_epoch()
    {
        Assert.Equal(0, Micros.DayOf(new(1970, 1, 1)));
        Assert.Equal(-1, Micros.DayOf(new(1969, 12, 31)));
        Assert.Equal(16_556, Micros.DayOf(new(2015, 5, 1)));
    }
}
