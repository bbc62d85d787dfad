using System.Globalization;
using System.Xml.Linq;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Reports;

public sealed class SvgChartTests
{
    private static readonly string[] Numbers = ["x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r"];

    public static TheoryData<string> Answers => ["full", "empty", "hostile", "no numbers", "one period", "one time"];

    [Theory, MemberData(nameof(Answers))]
    public void Every_chart_is_well_formed_and_says_what_it_shows(string name)
    {
        foreach (var chart in Charts(Answer(name)))
        {
            var svg = XDocument.Parse(chart).Root!;
            Assert.Equal("img", svg.Attribute("role")!.Value);
            Assert.Equal(
                svg.Attribute("aria-labelledby")!.Value.Split(' '),
                svg.Elements().Take(2).Select(element => element.Attribute("id")!.Value)
            );
            Assert.Equal(["title", "desc"], svg.Elements().Take(2).Select(element => element.Name.LocalName));
        }
    }

    [Theory, MemberData(nameof(Answers))]
    public void Every_number_is_one(string name)
    {
        foreach (var chart in Charts(Answer(name)))
        {
            Assert.All(
                XDocument
                    .Parse(chart)
                    .Descendants()
                    .Attributes()
                    .Where(attribute => Numbers.Contains(attribute.Name.LocalName)),
                attribute =>
                    Assert.True(
                        double.TryParse(
                            attribute.Value.TrimEnd('%'),
                            NumberStyles.Float,
                            CultureInfo.InvariantCulture,
                            out var number
                        ) && double.IsFinite(number),
                        attribute.ToString()
                    )
            );
        }
    }

    [Fact]
    public void A_period_with_open_windows_looks_different()
    {
        var svg = XDocument.Parse(SvgChart.Trend(SampleAnswers.Full, "t"));
        var styles = svg.Descendants().Attributes("class").Select(style => style.Value).ToList();
        Assert.Equal(7, styles.Count(style => style == "point"));
        Assert.Equal(2, styles.Count(style => style == "point open"));
        Assert.Equal(6, styles.Count(style => style == "line"));
        Assert.Equal(2, styles.Count(style => style == "line open"));
        Assert.Equal(8, styles.Count(style => style == "band"));
        Assert.Equal(2, styles.Count(style => style == "estimate"));
    }

    [Fact]
    public void A_segment_that_differs_has_a_mark_and_a_small_one_is_faint()
    {
        var svg = XDocument.Parse(SvgChart.Segments(SampleAnswers.Full, 1, "s"));
        var styles = svg.Descendants().Attributes("class").Select(style => style.Value).ToList();
        Assert.Equal(3, styles.Count(style => style == "better"));
        Assert.Equal(1, styles.Count(style => style == "bar small"));
        Assert.Equal(1, styles.Count(style => style == "bar rest"));
    }

    [Fact]
    public void A_step_that_is_not_there_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SvgChart.Segments(SampleAnswers.Full, 0, "s"));
        Assert.Throws<ArgumentOutOfRangeException>(() => SvgChart.Segments(SampleAnswers.Full, 4, "s"));
    }

    private static FunnelAnswer Answer(string name) =>
        name switch
        {
            "full" => SampleAnswers.Full,
            "empty" => SampleAnswers.Empty,
            "hostile" => SampleAnswers.Named("<script>\"'&\u0001\u202E\uDC00]]>"),
            "no numbers" => SampleAnswers.WithoutNumbers,
            "one period" => SampleAnswers.Full with { Trend = [SampleAnswers.Full.Trend[^1]] },
            _ => SampleAnswers.Full with
            {
                Total = SampleAnswers.Full.Total with { Histogram = new Histogram([0, 0], [3]) },
            },
        };

    private static IEnumerable<string> Charts(FunnelAnswer answer) =>
        [
            SvgChart.Steps(answer, "a"),
            SvgChart.Segments(answer, "b"),
            SvgChart.Segments(answer, 1, "c"),
            SvgChart.Trend(answer, "d"),
            SvgChart.Times(answer, "e"),
        ];
}
