using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>The time from the first to the last step.</summary>
internal static class TimesSection
{
    public static void Write(MarkupWriter page, FunnelAnswer answer)
    {
        page.Section("Time to convert", "From the first step to the last, of those who took both.");
        if (answer.Total.Histogram is not null)
        {
            page.Chart(SvgChart.Times(answer, "times"));
        }

        IEnumerable<(string Name, FunnelSegment Segment)> rows =
        [
            ("all", answer.Total),
            .. answer.Segments.Select(segment =>
                (string.Join(" · ", FunnelNames.Values(answer.Funnel, segment.Values)), segment)
            ),
            .. answer.Other is { } other ? [("other", other)] : Array.Empty<(string, FunnelSegment)>(),
        ];
        page.Table(
                names: 1,
                ["segment", "converted", "mean", "median", "p90"],
                rows.Select(
                    IReadOnlyList<string> (row) =>
                        [
                            row.Name,
                            Figures.Count(row.Segment.Steps[^1].Count.WithFirst),
                            Figures.Duration(row.Segment.TimeToConvert?.Mean),
                            Figures.Duration(row.Segment.TimeToConvert?.Median),
                            Figures.Duration(row.Segment.TimeToConvert?.P90),
                        ]
                )
            )
            .Close();
    }
}
