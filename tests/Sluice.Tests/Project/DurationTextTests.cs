using CsCheck;
using Sluice.Project.Yaml;

namespace Sluice.Tests.Project;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("14d", "14.00:00:00")]
    [InlineData("2w", "14.00:00:00")]
    [InlineData("36h", "1.12:00:00")]
    [InlineData("90m", "01:30:00")]
    [InlineData("30s", "00:00:30")]
    [InlineData("5ms", "00:00:00.005")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("30m1h", "01:30:00")]
    [InlineData("1m1ms", "00:01:00.001")]
    [InlineData("0d1s", "00:00:01")]
    [InlineData("0s", "00:00:00")]
    [InlineData("10675199d", "10675199.00:00:00")]
    [InlineData("10675199d2h48m5s477ms", "10675199.02:48:05.477")]
    public void A_duration_is_read(string text, string expected) =>
        Assert.Equal(
            TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            DurationText.Parse(text)
        );

    [Theory]
    [InlineData("")]
    [InlineData("14")]
    [InlineData("d")]
    [InlineData("14 d")]
    [InlineData("14D")]
    [InlineData("-1d")]
    [InlineData("1.5h")]
    [InlineData("1y")]
    [InlineData("1d ")]
    [InlineData("999999999w")]
    [InlineData("10675200d")]
    [InlineData("10675199d2h48m5s478ms")]
    [InlineData("9999999999s")]
    public void What_is_no_duration_is_refused(string text) => Assert.Null(DurationText.Parse(text));

    [Fact]
    public void Parts_are_added_up() =>
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[1, 999])
            .Sample(
                (days, minutes, milliseconds) =>
                    DurationText.Parse($"{days}d{minutes}m{milliseconds}ms")
                    == new TimeSpan(days, 0, minutes, 0, milliseconds),
                iter: 1_000
            );

    [Theory]
    [InlineData("1d\n")]
    [InlineData("\u0661d")]
    [InlineData("1\u0662h")]
    public void Other_digits_and_line_ends_are_refused_and_do_not_throw(string text) =>
        Assert.Null(DurationText.Parse(text));
}
