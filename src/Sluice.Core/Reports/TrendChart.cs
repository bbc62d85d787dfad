using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>The conversion per period as a line in the band of its intervals, over columns of how many entered.</summary>
internal static class TrendChart
{
    private const double Top = 34;
    private const double Height = 150;
    private const double VolumeTop = Top + Height + 12;
    private const double VolumeHeight = 36;
    private const double Bottom = VolumeTop + VolumeHeight + 18;
    private const int MostDates = 4;

    public static string Draw(FunnelAnswer answer, string id)
    {
        var points = TrendPoint.Of(answer.Trend);
        var scale = ChartScale.Of(
            points.SelectMany(point =>
                new[]
                {
                    point.Conversion,
                    point.Interval?.High,
                    point.Estimate?.Conversion,
                    point.Estimate?.Interval.High,
                }
            )
        );
        var svg = SvgFrame.Open(
            id,
            Bottom + 2,
            "Conversion from the first to the last step over time",
            string.Join("; ", points.Select(Summary))
        );
        TrendLines.Legend(svg, points);
        foreach (var part in new[] { 0, 0.5, 1 })
        {
            var y = Top + (Height * (1 - part));
            SvgFrame.Line(svg, "grid", 0, y, 1, y);
            SvgFrame.Label(svg, "note", 0, y - 4, scale.Label(part));
        }

        TrendLines.Draw(svg, points, scale, Top, Height);
        foreach (var point in points)
        {
            Point(svg, point, scale);
        }

        Volumes(svg, points);
        Dates(svg, points);
        return svg.Close().ToString();
    }

    private static void Point(MarkupWriter svg, TrendPoint point, ChartScale scale)
    {
        svg.Open("g").Element("title", Summary(point));
        if (point.Estimate is { } estimate && Figures.Finite(estimate.Conversion) is { } share)
        {
            SvgFrame.Line(
                svg,
                "whisker estimate",
                point.At,
                Y(scale, estimate.Interval.Low),
                point.At,
                Y(scale, estimate.Interval.High)
            );
            svg.Open(
                    "svg",
                    ("x", SvgFrame.Across(point.At)),
                    ("y", SvgFrame.Pixels(Y(scale, share))),
                    ("overflow", "visible")
                )
                .Empty("path", ("class", "estimate"), ("d", "M0 -5L5 0L0 5L-5 0Z"))
                .Close();
        }

        if (point.Conversion is { } conversion)
        {
            svg.Empty(
                "circle",
                ("class", point.IsOpen ? "point open" : "point"),
                ("cx", SvgFrame.Across(point.At)),
                ("cy", SvgFrame.Pixels(Y(scale, conversion))),
                ("r", "4")
            );
        }

        svg.Close();
    }

    private static void Volumes(MarkupWriter svg, IReadOnlyList<TrendPoint> points)
    {
        var most = points.Select(point => point.Entered).DefaultIfEmpty().Max();
        var width = Math.Min(0.04, 0.5 / Math.Max(1, points.Count));
        foreach (var point in points.Where(point => point.Entered > 0))
        {
            var height = Math.Max(1, VolumeHeight * point.Entered / most);
            SvgFrame.Bar(
                svg,
                point.IsOpen ? "volume open" : "volume",
                Math.Max(0, point.At - (width / 2)),
                Math.Min(1, point.At + (width / 2)),
                VolumeTop + VolumeHeight - height,
                height
            );
        }
    }

    private static void Dates(MarkupWriter svg, IReadOnlyList<TrendPoint> points)
    {
        var count = Math.Min(points.Count, MostDates);
        for (var i = 0; i < count; i++)
        {
            var point = points[count == 1 ? 0 : i * (points.Count - 1) / (count - 1)];
            var anchor =
                point.At < 0.15 ? "start"
                : point.At > 0.9 ? "end"
                : "middle";
            SvgFrame.Label(svg, "note", point.At, Bottom - 4, ReportValue.Date(point.Start), anchor);
        }
    }

    private static double Y(ChartScale scale, double share) =>
        Top + (Height * (1 - scale.At(Figures.Finite(share) ?? 0)));

    private static string Summary(TrendPoint point) =>
        $"{ReportValue.Date(point.Start)}: {Figures.Percent(point.Conversion)} of {Figures.Count(point.Entered)} "
        + $"(95 %: {Figures.Percents(point.Interval)})"
        + (point.IsOpen ? ", windows still open" : "")
        + (point.Estimate is { } estimate ? $", estimated {Figures.Percent(estimate.Conversion)}" : "");
}
