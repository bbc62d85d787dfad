using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>One conversion in each segment.</summary>
internal static class SegmentsChart
{
    private const double Row = 38;
    private const double Head = 26;
    private const double Foot = 18;
    private const double Thickness = 10;
    private const int LongestName = 30;

    public static string Draw(FunnelAnswer answer, SegmentRate rate, string id)
    {
        List<(string Name, FunnelSegment Segment)> rows =
        [
            .. answer.Segments.Select(segment =>
                (string.Join(" · ", FunnelNames.Values(answer.Funnel, segment.Values)), segment)
            ),
        ];
        if (answer.Other is { } other)
        {
            rows.Add(($"other ({Figures.Count(answer.OtherSegments)})", other));
        }

        var scale = ChartScale.Of(
            rows.Select(row => row.Segment)
                .Append(answer.Total)
                .SelectMany(segment => new[] { rate.Of(segment), rate.IntervalOf(segment)?.High })
        );
        var height = Head + (rows.Count * Row) + Foot;
        var svg = SvgFrame.Open(
            id,
            height,
            rate.Title,
            string.Join("; ", rows.Select(row => $"{row.Name}: {Summary(row.Segment, rate)}"))
        );
        SvgFrame.Label(svg, "name", 0, 13, VisibleText.Of(rate.Title, LongestName));
        var all = rate.Of(answer.Total);
        SvgFrame.Label(svg, "note", 1, 13, $"all {Figures.Percent(all)}", "end");
        for (var i = 0; i < rows.Count; i++)
        {
            DrawRow(svg, rows[i].Name, rows[i].Segment, rate, scale, Head + (i * Row), rows[i].Segment == answer.Other);
        }

        if (all is { } share)
        {
            SvgFrame.Line(svg, "all", scale.At(share), Head, scale.At(share), height - Foot);
        }

        SvgFrame.Label(svg, "note", 0, height - 2, "0 %");
        SvgFrame.Label(svg, "note", 1, height - 2, scale.Label(1), "end");
        return svg.Close().ToString();
    }

    private static void DrawRow(
        MarkupWriter svg,
        string name,
        FunnelSegment segment,
        SegmentRate rate,
        ChartScale scale,
        double top,
        bool isOther
    )
    {
        svg.Open("g").Element("title", $"{name}: {Summary(segment, rate)}");
        SvgFrame.Label(svg, "label", 0, top + 13, VisibleText.Of(name, LongestName));
        var mark = TestMark.Of(rate.TestOf(segment));
        svg.Open("text", ("class", "label"), ("x", "100%"), ("y", SvgFrame.Pixels(top + 13)), ("text-anchor", "end"))
            .Element(
                "tspan",
                mark.Length > 0 ? mark + " " : "",
                ("class", mark == TestMark.Better ? "better" : "worse")
            )
            .Text(Figures.Percent(rate.Of(segment)))
            .Element("tspan", $" of {Figures.Count(rate.SampleOf(segment))}", ("class", "note"))
            .Close();
        SvgFrame.Bar(svg, "track", 0, 1, top + 20, Thickness);
        var interval = rate.IntervalOf(segment);
        // What is too small for an interval is too small to be compared by eye.
        var style = (isOther ? "bar rest" : "bar") + (interval is null ? " small" : "");
        SvgFrame.Bar(svg, style, 0, scale.At(rate.Of(segment) ?? 0), top + 20, Thickness);
        if (interval is { } known)
        {
            SvgFrame.Whisker(svg, scale.At(known.Low), scale.At(known.High), top + 20 + (Thickness / 2));
        }

        svg.Close();
    }

    private static string Summary(FunnelSegment segment, SegmentRate rate)
    {
        var test = rate.TestOf(segment);
        return $"{Figures.Percent(rate.Of(segment))} of {Figures.Count(rate.SampleOf(segment))} (95 %: {Figures.Percents(rate.IntervalOf(segment))})"
            + (
                test is null
                    ? ""
                    : $", {Figures.Points(test.Difference)} points against the rest, q {Figures.Probability(test.QValue)}"
            );
    }
}
