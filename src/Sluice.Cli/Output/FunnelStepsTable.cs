using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>The steps of the whole, a line each.</summary>
internal static class FunnelStepsTable
{
    public static void Write(FunnelAnswer answer, IAnsiConsole console)
    {
        var steps = answer.Total.Steps;
        var names = StepNames.Of(answer.Funnel);
        List<FittedColumn> columns =
        [
            FittedColumn.Text(
                "step",
                names.Select((name, i) => answer.Funnel.Steps[i].Optional ? $"{name} (optional)" : name)
            ),
            FittedColumn.Number("count", 0, steps.Select(step => Figures.Count(step.Count.Count))),
            Later("of previous", 1, step => Figures.Percent(step.Count.Conversion)),
            Later("of first", 3, step => Figures.Percent(step.Count.ConversionFromFirst)),
            Later("drop-off", 5, step => Figures.Percent(step.Count.DropOff)),
        ];
        if (steps.Any(step => step.ConversionInterval is not null))
        {
            columns.Insert(3, Later("95 %", 6, step => Figures.Percents(step.ConversionInterval)));
        }

        if (steps.Any(step => step.Times is not null))
        {
            columns.Add(Later("median time", 4, step => Figures.Duration(step.Times?.Median)));
        }

        columns.Add(
            FittedColumn.Bar(
                "of first",
                2,
                steps.Select((step, i) => i == 0 && step.Count.Count > 0 ? 1 : step.Count.ConversionFromFirst)
            )
        );
        FittedTable.Write(console, columns);

        FittedColumn Later(string heading, int rank, Func<FunnelStepAnswer, string> cell) =>
            FittedColumn.Number(heading, rank, steps.Select((step, i) => i == 0 ? "" : cell(step)));
    }
}
