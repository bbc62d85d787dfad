using System.Globalization;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>The periods of a trend, a line each.</summary>
internal static class FunnelTrendTable
{
    private const string Open = "○";

    public static void Write(FunnelAnswer answer, IAnsiConsole console)
    {
        var periods = answer.Trend.Select(period => period.Steps).ToList();
        var last = periods.Select(period => period.Steps[^1]).ToList();
        var open = periods.Select(period => period.Steps[0].Immature > 0).ToList();
        var marked = open.Contains(true);
        List<FittedColumn> columns =
        [
            FittedColumn.Text(
                "period",
                answer.Trend.Select(period => period.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            ),
            FittedColumn.Number("entered", 3, periods.Select(period => Figures.Count(period.Steps[0].Count.Count))),
            FittedColumn.Number("converted", 4, last.Select(step => Figures.Count(step.Count.WithFirst))),
            FittedColumn.Number(
                marked ? "first to last  " : "first to last",
                0,
                last.Select(
                    (step, i) =>
                        Figures.Percent(step.Count.ConversionFromFirst)
                        + (
                            marked
                                ? open[i]
                                    ? " " + Open
                                    : "  "
                                : ""
                        )
                )
            ),
        ];
        if (last.Any(step => step.ConversionFromFirstInterval is not null))
        {
            columns.Add(
                FittedColumn.Number("95 %", 6, last.Select(step => Figures.Percents(step.ConversionFromFirstInterval)))
            );
        }

        if (periods.Any(period => period.Estimate is not null))
        {
            columns.Add(
                FittedColumn.Number(
                    "estimate",
                    5,
                    periods.Select(period =>
                        period.Estimate is { } estimate ? Figures.Percent(estimate.Conversion) : ""
                    )
                )
            );
        }

        columns.Add(
            FittedColumn.Bar(
                "first to last",
                2,
                FittedColumn.OfLargest(last.Select(step => step.Count.ConversionFromFirst))
            )
        );
        FittedTable.Write(console, columns);
        if (marked)
        {
            console.Profile.Out.Writer.WriteLine($"  {Open} some still have time to convert");
        }
    }
}
