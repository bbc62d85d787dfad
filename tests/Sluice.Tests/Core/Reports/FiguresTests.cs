using Sluice.Core.Reports;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Reports;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    [InlineData(0.0, "0.0 %")]
    [InlineData(0.1234, "12.3 %")]
    [InlineData(1.0, "100.0 %")]
    public void Shares_are_percentages(double? share, string expected) =>
        Assert.Equal(expected, Figures.Percent(share));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0.0")]
    [InlineData(0.012, "+1.2")]
    [InlineData(-0.012, "−1.2")]
    [InlineData(-0.0001, "0.0")]
    public void Differences_have_a_sign(double? difference, string expected) =>
        Assert.Equal(expected, Figures.Points(difference));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0 s")]
    [InlineData(0.5, "0.50 s")]
    [InlineData(119.0, "119 s")]
    [InlineData(7_199.0, "120 min")]
    [InlineData(-7_200.0, "−2 h")]
    [InlineData(172_800.0, "2 d")]
    [InlineData(9.2e12, "106,481,481 d")]
    public void Durations_have_their_largest_unit(double? seconds, string expected) =>
        Assert.Equal(expected, Figures.Duration(seconds));

    [Fact]
    public void Intervals_are_pairs()
    {
        Assert.Equal("1.0–2.0 %", Figures.Percents(new Interval(0.01, 0.02)));
        Assert.Equal("−1.0 to +2.0", Figures.Points(new Interval(-0.01, 0.02)));
        Assert.Equal("–", Figures.Percents(new Interval(0.01, double.NaN)));
        Assert.Equal("–", Figures.Points((Interval?)null));
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0004, "< 0.001")]
    [InlineData(0.0496, "0.050")]
    public void Probabilities_have_three_decimals(double? value, string expected) =>
        Assert.Equal(expected, Figures.Probability(value));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\tb\r\nc", "a b  c")]
    [InlineData("\u0000\u001b\u009b", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("\u202Eevil\u2066", "\uFFFDevil\uFFFD")]
    [InlineData("عربي é 検索 👍", "عربي é 検索 👍")]
    [InlineData("\uFFFE", "\uFFFD")]
    public void What_cannot_be_shown_is_replaced(string text, string expected) =>
        Assert.Equal(expected, VisibleText.Of(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("\uFFFDx", VisibleText.Of("\uD800x"));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("👍👍👍", 2, "👍…")]
    public void A_long_name_is_cut_between_characters(string text, int length, string expected) =>
        Assert.Equal(expected, VisibleText.Of(text, length));
}
