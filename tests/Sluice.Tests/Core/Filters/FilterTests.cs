using System.Globalization;
using Sluice.Core.Filters;

namespace Sluice.Tests.Core.Filters;

public sealed class FilterTests
{
    private static readonly Dictionary<string, object?> Row = new()
    {
        ["none"] = null,
        ["yes"] = true,
        ["five"] = 5L,
        ["small"] = (short)5,
        ["huge"] = 9_007_199_254_740_993L,
        ["unsigned"] = ulong.MaxValue,
        ["small_unsigned"] = 9_007_199_254_740_993UL,
        ["tenth"] = 0.1,
        ["tenth_decimal"] = 0.10m,
        ["tenth_float"] = 0.1f,
        ["nan"] = double.NaN,
        ["text"] = "Mail",
        ["empty"] = "",
        ["number_text"] = "5",
        ["smile"] = "\U0001F600",
        ["tail"] = "\uFFFD",
        ["bytes"] = new byte[] { 1 },
        ["list"] = JsonProperties.Nested,
        ["day"] = new DateOnly(2015, 1, 2),
        ["time"] = new DateTime(2015, 1, 2, 12, 0, 0, DateTimeKind.Utc),
        ["zoned"] = new DateTimeOffset(2015, 1, 2, 13, 0, 0, TimeSpan.FromHours(1)),
    };

    [Theory]
    [InlineData("five = 5", true)]
    [InlineData("five = 5.0", true)]
    [InlineData("5 < five", false)]
    [InlineData("4 < five", true)]
    [InlineData("small >= five", true)]
    [InlineData("five <> 5", false)]
    [InlineData("huge = 9007199254740993", true)]
    [InlineData("huge = 9007199254740992", false)]
    [InlineData("huge = 9007199254740992.0", true)]
    [InlineData("unsigned > 9223372036854775807", true)]
    [InlineData("small_unsigned = huge", true)]
    [InlineData("small_unsigned = 9007199254740992", false)]
    [InlineData("tenth = 0.1", true)]
    [InlineData("tenth_decimal = 0.1", true)]
    [InlineData("tenth_decimal = tenth", true)]
    [InlineData("tenth_float = 0.1", false)]
    [InlineData("nan = nan", true)]
    [InlineData("nan > 1e308", true)]
    [InlineData("five < nan", true)]
    public void Numbers_compare_by_value(string filter, bool expected) => AssertTruth(filter, expected);

    [Theory]
    [InlineData("text = 'Mail'", true)]
    [InlineData("text = 'mail'", false)]
    [InlineData("text < 'a'", true)]
    [InlineData("text > 'Mai'", true)]
    [InlineData("empty = ''", true)]
    [InlineData("empty < text", true)]
    [InlineData("smile > tail", true)]
    [InlineData("tail > 'z'", true)]
    public void Texts_compare_by_code_point(string filter, bool expected) => AssertTruth(filter, expected);

    [Theory]
    [InlineData("yes = true", true)]
    [InlineData("yes > false", true)]
    [InlineData("day = '2015-01-02'", true)]
    [InlineData("day < '2015-01-02T00:00:00.000001'", true)]
    [InlineData("time > '2015-01-02'", true)]
    [InlineData("time = '2015-01-02 12:00'", true)]
    [InlineData("time = '2015-01-02T14:00:00+02:00'", true)]
    [InlineData("'2015-01-03' > time", true)]
    [InlineData("time in ('2015-01-01', '2015-01-02T12:00Z')", true)]
    [InlineData("time = zoned", true)]
    [InlineData("day < time", true)]
    public void Truth_and_times_compare_with_their_like(string filter, bool expected) => AssertTruth(filter, expected);

    [Theory]
    [InlineData("none = 1")]
    [InlineData("none = none")]
    [InlineData("five = null")]
    [InlineData("five <> '5'")]
    [InlineData("number_text = 5")]
    [InlineData("yes = 1")]
    [InlineData("yes = 'true'")]
    [InlineData("bytes = bytes")]
    [InlineData("list = list")]
    [InlineData("day = 'soon'")]
    [InlineData("time > 5")]
    [InlineData("day = text")]
    [InlineData("five like '5'")]
    [InlineData("day like '2015%'")]
    [InlineData("none not like '%'")]
    [InlineData("none in (1, 2)")]
    [InlineData("five in ('a')")]
    [InlineData("five in (1, null)")]
    [InlineData("five not in (1, '5')")]
    [InlineData("not none = 1")]
    [InlineData("none = 1 and five = 5")]
    [InlineData("none = 1 or five = 4")]
    public void Null_and_unlike_kinds_are_unknown(string filter) => AssertTruth(filter, null);

    [Theory]
    [InlineData("five in (1, 5.0)", true)]
    [InlineData("five in (null, 5)", true)]
    [InlineData("five in (1, 2)", false)]
    [InlineData("five not in (1, 2)", true)]
    [InlineData("none is null", true)]
    [InlineData("none is not null", false)]
    [InlineData("list is null", false)]
    [InlineData("empty is null", false)]
    [InlineData("nan is null", false)]
    [InlineData("not five = 4", true)]
    [InlineData("none = 1 and five = 4", false)]
    [InlineData("none = 1 or five = 5", true)]
    [InlineData("five = 5 or five = 4 and five = 3", true)]
    [InlineData("(five = 5 or five = 4) and five = 3", false)]
    public void Conditions_join_as_in_sql(string filter, bool expected) => AssertTruth(filter, expected);

    [Theory]
    [InlineData("text like 'M%'", true)]
    [InlineData("text like 'm%'", false)]
    [InlineData("text like 'Mai'", false)]
    [InlineData("text like 'M_il'", true)]
    [InlineData("text like '%a%l'", true)]
    [InlineData("text like '____'", true)]
    [InlineData("text like '%_____'", false)]
    [InlineData("text not like '%x%'", true)]
    [InlineData("text like '\\M%'", false)]
    [InlineData("empty like '%'", true)]
    [InlineData("empty like '_'", false)]
    [InlineData("smile like '_'", true)]
    [InlineData("smile like '__'", false)]
    [InlineData("smile like '%_'", true)]
    public void Like_looks_at_the_whole_text(string filter, bool expected) => AssertTruth(filter, expected);

    [Fact]
    public void Filters_are_equal_by_content()
    {
        const string Text = "(a in (1, 'x') or b like 'y') and not c is null and d < e";

        Assert.Equal(FilterText.Parse(Text), FilterText.Parse(Text));
        Assert.Equal(FilterText.Parse(Text).GetHashCode(), FilterText.Parse(Text).GetHashCode());
        Assert.NotEqual(FilterText.Parse(Text), FilterText.Parse(Text.Replace('x', 'z')));
    }

    [Fact]
    public void What_no_filter_can_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Filter.Conjunction([]));
        Assert.Throws<ArgumentException>(() => new Filter.Disjunction([new Filter.IsNull("a")]));
        Assert.Throws<ArgumentException>(() => new FilterOperand.Literal(double.NaN));
        Assert.Throws<ArgumentException>(() => new FilterOperand.Literal(DateTime.UnixEpoch));
    }

    [Fact]
    public void A_decimal_is_the_nearest_double()
    {
        var values = new[] { 12345678901234567.891m, 0.0000000000000000000000000001m, 79228162514264337593543950335m };

        Assert.All(
            values,
            value =>
                Assert.True(
                    FilterText
                        .Parse($"a = {value.ToString("0.0###########################", CultureInfo.InvariantCulture)}")
                        .Evaluate(_ => value)
                )
        );
    }

    private static void AssertTruth(string filter, bool? expected) =>
        Assert.Equal(expected, FilterText.Parse(filter).Evaluate(name => Row[name]));
}
