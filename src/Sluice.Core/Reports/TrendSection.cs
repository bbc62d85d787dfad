using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>The funnel per entry period.</summary>
internal static class TrendSection
{
    public static void Write(MarkupWriter page, FunnelAnswer answer)
    {
        var points = TrendPoint.Of(answer.Trend);
        var steps = StepNames.Of(answer.Funnel);
        var estimated = points.Any(point => point.Estimate is not null);
        page.Section(
                "Over time",
                points.Any(point => point.IsOpen)
                    ? "Each period as if it were asked alone. Where the line is dashed, some still have time to convert: the conversion can only rise."
                    : "Each period as if it were asked alone."
            )
            .Chart(SvgChart.Trend(answer, "trend"))
            .Table(
                names: 1,
                [
                    "period",
                    .. steps,
                    "first to last",
                    "95 %",
                    "still have time",
                    .. estimated ? ["estimate", "95 %"] : Array.Empty<string>(),
                ],
                answer.Trend.Select(
                    IReadOnlyList<string> (period, i) =>
                        [
                            ReportValue.Date(period.Start),
                            .. period.Steps.Steps.Select(step => Figures.Count(step.Count.Count)),
                            Figures.Percent(points[i].Conversion),
                            Figures.Percents(points[i].Interval),
                            period.Steps.Steps[0].Immature is { } open ? Figures.Count(open) : Figures.None,
                            .. estimated
                                ?
                                [
                                    Figures.Percent(points[i].Estimate?.Conversion),
                                    Figures.Percents(points[i].Estimate?.Interval),
                                ]
                                : Array.Empty<string>(),
                        ]
                )
            )
            .Close();
    }
}
