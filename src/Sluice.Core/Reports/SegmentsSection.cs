using System.Globalization;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>The segments: a chart per conversion, a line each, and all figures for those who open them.</summary>
internal static class SegmentsSection
{
    // With more steps a chart for each would be a page of its own; the table has all.
    private const int MostCharts = 9;

    public static void Write(MarkupWriter page, FunnelAnswer answer)
    {
        var labels = FunnelNames.Labels(answer.Funnel.By);
        page.Section($"By {string.Join(", ", labels)}", Lead(answer));
        if (answer.Segments.Count > 0)
        {
            WriteCharts(page, answer);
        }

        page.Table(labels.Count, Headings(answer, labels), Rows(answer));
        if (answer.Segments.Count > 0)
        {
            page.Open("details").Element("summary", "All figures of the segments");
            page.Table(labels.Count + 1, FigureHeadings(labels), FigureRows(answer)).Close();
        }

        page.Close();
    }

    private static string Lead(FunnelAnswer answer) =>
        answer.SegmentsOverlap
            ? "One of them can stand in several segments, so they add up to more than the whole and are not tested against each other."
        : answer.Segments.Any(segment => segment.Steps.Any(step => step.Test is not null)) ? $"{TestMark.Legend}."
        : answer.Segments.Count == 0 ? "Nobody took a step, so there are no segments."
        : "None is large enough to be tested against the rest.";

    private static void WriteCharts(MarkupWriter page, FunnelAnswer answer)
    {
        var steps = answer.Funnel.Steps.Count;
        page.Open("div", ("class", "charts"));
        if (steps > 2)
        {
            page.Chart(SvgChart.Segments(answer, "segments"));
        }

        for (var step = 1; step < Math.Min(steps, MostCharts); step++)
        {
            page.Chart(
                SvgChart.Segments(answer, step, string.Create(CultureInfo.InvariantCulture, $"segments{step + 1}"))
            );
        }

        page.Close();
    }

    private static List<string> Headings(FunnelAnswer answer, IReadOnlyList<string> labels) =>
        [.. labels, .. StepNames.Of(answer.Funnel), "first to last", "95 %", "median time"];

    private static IEnumerable<IReadOnlyList<string>> Rows(FunnelAnswer answer) =>
        SegmentNames(answer)
            .Append((Names: Whole(answer, "all"), Segment: answer.Total))
            .Select(
                IReadOnlyList<string> (row) =>
                    [
                        .. row.Names,
                        .. row.Segment.Steps.Select(step =>
                            TestMark.Of(step.Test) is { Length: > 0 } mark
                                ? $"{Figures.Count(step.Count.Count)} {mark}"
                                : Figures.Count(step.Count.Count)
                        ),
                        Figures.Percent(row.Segment.Steps[^1].Count.ConversionFromFirst),
                        Figures.Percents(row.Segment.Steps[^1].ConversionFromFirstInterval),
                        Figures.Duration(row.Segment.TimeToConvert?.Median),
                    ]
            );

    private static List<string> FigureHeadings(IReadOnlyList<string> labels) =>
        [
            .. labels,
            "step",
            "count",
            "of previous",
            "95 %",
            "drop-off",
            "median",
            "against the rest, points",
            "95 %",
            "p",
            "q",
            "smallest effect to be seen",
        ];

    private static IEnumerable<IReadOnlyList<string>> FigureRows(FunnelAnswer answer)
    {
        var steps = StepNames.Of(answer.Funnel);
        return SegmentNames(answer)
            .SelectMany(row =>
                row.Segment.Steps.Select(
                    IReadOnlyList<string> (step, i) =>
                        [
                            .. row.Names,
                            steps[i],
                            Figures.Count(step.Count.Count),
                            Figures.Percent(step.Count.Conversion),
                            Figures.Percents(step.ConversionInterval),
                            Figures.Percent(step.Count.DropOff),
                            Figures.Duration(step.Times?.Median),
                            Figures.Points(step.Test?.Difference),
                            Figures.Points(step.Test?.DifferenceInterval),
                            Figures.Probability(step.Test?.PValue),
                            $"{Figures.Probability(step.Test?.QValue)} {TestMark.Of(step.Test)}".TrimEnd(),
                            Figures.Points(step.Test?.SmallestEffect).TrimStart('+'),
                        ]
                )
            );
    }

    private static IEnumerable<(IReadOnlyList<string> Names, FunnelSegment Segment)> SegmentNames(FunnelAnswer answer)
    {
        var segments = answer.Segments.Select(segment => (FunnelNames.Values(answer.Funnel, segment.Values), segment));
        return answer.Other is { } other
            ? segments.Append((Whole(answer, $"other ({Figures.Count(answer.OtherSegments)})"), other))
            : segments;
    }

    private static IReadOnlyList<string> Whole(FunnelAnswer answer, string name) =>
        [.. answer.Funnel.By.Select((_, i) => i == 0 ? name : "")];
}
