namespace Sluice.Core.Reports;

/// <summary>The outermost element of a chart, and how its numbers are written.</summary>
internal static class SvgFrame
{
    public const double WhiskerCap = 4;

    /// <summary>Opens the chart: what it is for those who cannot see it comes first.</summary>
    public static MarkupWriter Open(string id, double height, string title, string description) =>
        new MarkupWriter()
            .Open(
                "svg",
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("class", "sluice-chart"),
                ("role", "img"),
                ("aria-labelledby", $"{id}-title {id}-desc"),
                ("width", "100%"),
                ("height", Pixels(height))
            )
            .Element("title", title, ("id", $"{id}-title"))
            .Element("desc", description, ("id", $"{id}-desc"));

    /// <summary>A place or length across, of the whole width.</summary>
    public static string Across(double share) =>
        Figures.Fixed(Math.Clamp(Figures.Finite(share) ?? 0, 0, 1) * 100, "0.00") + "%";

    /// <summary>A place or length in pixels.</summary>
    public static string Pixels(double value) => Figures.Fixed(value, "0.00");

    /// <summary>A rectangle.</summary>
    public static void Bar(MarkupWriter svg, string style, double from, double to, double top, double height) =>
        svg.Empty(
            "rect",
            ("class", style),
            ("x", Across(from)),
            ("y", Pixels(top)),
            ("width", Across(to - from)),
            ("height", Pixels(height)),
            ("rx", "2")
        );

    /// <summary>A straight line.</summary>
    public static void Line(MarkupWriter svg, string style, double x1, double y1, double x2, double y2) =>
        svg.Empty(
            "line",
            ("class", style),
            ("x1", Across(x1)),
            ("y1", Pixels(y1)),
            ("x2", Across(x2)),
            ("y2", Pixels(y2))
        );

    /// <summary>A text whose left end, middle or right end lies at a place.</summary>
    public static void Label(MarkupWriter svg, string style, double x, double y, string text, string? anchor = null) =>
        svg.Element("text", text, ("class", style), ("x", Across(x)), ("y", Pixels(y)), ("text-anchor", anchor));

    /// <summary>An interval across, with its two caps.</summary>
    public static void Whisker(MarkupWriter svg, double low, double high, double middle)
    {
        Line(svg, "whisker", low, middle, high, middle);
        Line(svg, "whisker", low, middle - WhiskerCap, low, middle + WhiskerCap);
        Line(svg, "whisker", high, middle - WhiskerCap, high, middle + WhiskerCap);
    }
}
