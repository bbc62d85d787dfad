using System.Globalization;
using System.Text;

namespace Sluice.Core.Reports;

/// <summary>The line of a trend, its band, and what they mean.</summary>
internal static class TrendLines
{
    // Percentages are not known to paths: they are drawn in a square that is stretched, and their strokes are not.
    public static void Draw(
        MarkupWriter svg,
        IReadOnlyList<TrendPoint> points,
        ChartScale scale,
        double top,
        double height
    )
    {
        svg.Open(
            "svg",
            ("y", SvgFrame.Pixels(top)),
            ("width", "100%"),
            ("height", SvgFrame.Pixels(height)),
            ("viewBox", "0 0 100 100"),
            ("preserveAspectRatio", "none")
        );
        for (var i = 1; i < points.Count; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            if (from.Interval is { } before && to.Interval is { } after)
            {
                svg.Empty(
                    "path",
                    ("class", "band"),
                    (
                        "d",
                        Path((from.At, before.Low), (from.At, before.High), (to.At, after.High), (to.At, after.Low))
                            + "Z"
                    )
                );
            }
        }

        for (var i = 1; i < points.Count; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            if (from.Conversion is { } before && to.Conversion is { } after)
            {
                svg.Empty(
                    "path",
                    ("class", from.IsOpen || to.IsOpen ? "line open" : "line"),
                    ("d", Path((from.At, before), (to.At, after)))
                );
            }
        }

        svg.Close();

        string Path(params ReadOnlySpan<(double At, double Share)> corners)
        {
            var path = new StringBuilder();
            foreach (var (at, share) in corners)
            {
                path.Append(path.Length == 0 ? 'M' : 'L')
                    .Append(
                        CultureInfo.InvariantCulture,
                        $"{at * 100:0.00} {(1 - scale.At(Figures.Finite(share) ?? 0)) * 100:0.00}"
                    );
            }

            return path.ToString();
        }
    }

    public static void Legend(MarkupWriter svg, IReadOnlyList<TrendPoint> points)
    {
        svg.Open("text", ("class", "note"), ("x", "0"), ("y", "12"))
            .Element("tspan", "● ", ("class", "accent"))
            .Text("conversion");
        if (points.Any(point => point.IsOpen))
        {
            svg.Element("tspan", "   ○ ", ("class", "accent")).Text("windows still open");
        }

        if (points.Any(point => point.Estimate is not null))
        {
            svg.Element("tspan", "   ◆ ", ("class", "guess")).Text("estimate");
        }

        svg.Element("tspan", "   ▮ ", ("class", "faint")).Text("entered").Close();
    }
}
