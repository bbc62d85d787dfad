using Sluice.Core.Funnels.Answers;
using Sluice.Core.Statistics;

namespace Sluice.Core.Reports;

/// <summary>How long those who converted took.</summary>
internal static class TimesChart
{
    private const double MicrosPerSecond = 1e6;
    private const double Top = 38;
    private const double Height = 120;
    private const int MostEdges = 4;

    public static string Draw(FunnelAnswer answer, string id)
    {
        var histogram = answer.Total.Histogram ?? new Histogram([0, 0], [0]);
        var bins = histogram.Counts.Count;
        var most = Math.Max(1, histogram.Counts.Max());
        var svg = SvgFrame.Open(
            id,
            Top + Height + 20,
            "Time from the first to the last step",
            string.Join("; ", histogram.Counts.Select((count, i) => $"{Range(histogram, i)}: {Figures.Count(count)}"))
        );
        SvgFrame.Line(svg, "grid", 0, Top, 1, Top);
        SvgFrame.Line(svg, "grid", 0, Top + Height, 1, Top + Height);
        SvgFrame.Label(svg, "note", 1, Top - 4, Figures.Count(most), "end");
        var gap = Math.Min(0.004, 0.2 / bins);
        for (var i = 0; i < bins; i++)
        {
            var height = Height * histogram.Counts[i] / most;
            svg.Open("g").Element("title", $"{Range(histogram, i)}: {Figures.Count(histogram.Counts[i])}");
            SvgFrame.Bar(svg, "bar", ((double)i / bins) + gap, ((i + 1.0) / bins) - gap, Top + Height - height, height);
            svg.Close();
        }

        if (answer.Total.TimeToConvert is { } times)
        {
            Mark(svg, histogram, "median", times.Median, 10);
            Mark(svg, histogram, "p90", times.P90, 24);
        }

        Edges(svg, histogram);
        return svg.Close().ToString();
    }

    private static void Mark(MarkupWriter svg, Histogram histogram, string name, double seconds, double y)
    {
        var (start, end) = (histogram.Edges[0] / MicrosPerSecond, histogram.Edges[^1] / MicrosPerSecond);
        var at = end > start ? Math.Clamp((seconds - start) / (end - start), 0, 1) : 0.5;
        SvgFrame.Line(svg, "all", at, y + 4, at, Top + Height);
        SvgFrame.Label(
            svg,
            "note",
            at,
            y,
            $"{name} {Figures.Duration(seconds)}",
            at < 0.15 ? "start"
                : at > 0.85 ? "end"
                : "middle"
        );
    }

    private static void Edges(MarkupWriter svg, Histogram histogram)
    {
        var bins = histogram.Counts.Count;
        var labels = Math.Min(bins, MostEdges);
        for (var i = 0; i <= labels; i++)
        {
            var edge = i * bins / labels;
            SvgFrame.Label(
                svg,
                "note",
                (double)edge / bins,
                Top + Height + 15,
                Figures.Duration(histogram.Edges[edge] / MicrosPerSecond),
                i == 0 ? "start"
                    : i == labels ? "end"
                    : "middle"
            );
        }
    }

    private static string Range(Histogram histogram, int bin) =>
        $"{Figures.Duration(histogram.Edges[bin] / MicrosPerSecond)} to {Figures.Duration(histogram.Edges[bin + 1] / MicrosPerSecond)}";
}
