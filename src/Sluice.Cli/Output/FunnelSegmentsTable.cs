using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>The segments of a funnel, a line each, and the whole below them.</summary>
internal static class FunnelSegmentsTable
{
    private const int StepRank = 10;

    public static void Write(FunnelAnswer answer, IAnsiConsole console)
    {
        List<(IReadOnlyList<string> Names, FunnelSegment Segment)> rows =
        [
            .. answer.Segments.Select(segment => (FunnelNames.Values(answer.Funnel, segment.Values), segment)),
            .. answer.Other is { } other
                ? [(Whole("other"), other)]
                : Array.Empty<(IReadOnlyList<string>, FunnelSegment)>(),
            (Whole("all"), answer.Total),
        ];
        FittedTable.Write(console, Columns(answer, rows));
        WriteLegend(answer, console);

        IReadOnlyList<string> Whole(string name) => [.. answer.Funnel.By.Select((_, i) => i == 0 ? name : "")];
    }

    private static IEnumerable<FittedColumn> Columns(
        FunnelAnswer answer,
        IReadOnlyList<(IReadOnlyList<string> Names, FunnelSegment Segment)> rows
    )
    {
        var labels = FunnelNames.Labels(answer.Funnel.By);
        for (var i = 0; i < labels.Count; i++)
        {
            yield return FittedColumn.Text(labels[i], rows.Select(row => row.Names[i]));
        }

        var steps = StepNames.Of(answer.Funnel);
        var isMarked = answer.Segments.Any(segment => segment.Steps.Any(step => TestMark.Of(step.Test).Length > 0));
        for (var i = 0; i < steps.Count; i++)
        {
            // The first and the last are what the conversion is made of.
            var rank = i == 0 || i == steps.Count - 1 ? 3 : StepRank + i;
            yield return FittedColumn.Number(
                isMarked ? steps[i] + "  " : steps[i],
                rank,
                rows.Select(row => Count(row.Segment.Steps[i], isMarked))
            );
        }

        var last = rows.Select(row => row.Segment.Steps[^1]).ToList();
        var conversion = steps.Count == 2 ? "conversion" : "first to last";
        yield return FittedColumn.Number(
            conversion,
            0,
            last.Select(step => Figures.Percent(step.Count.ConversionFromFirst))
        );
        if (last.Any(step => step.ConversionFromFirstInterval is not null))
        {
            yield return FittedColumn.Number(
                "95 %",
                5,
                last.Select(step => Figures.Percents(step.ConversionFromFirstInterval))
            );
        }

        if (steps.Count == 2)
        {
            yield return FittedColumn.Number("drop-off", 4, last.Select(step => Figures.Percent(step.Count.DropOff)));
        }

        if (rows.Any(row => row.Segment.TimeToConvert is not null))
        {
            yield return FittedColumn.Number(
                "median time",
                6,
                rows.Select(row => Figures.Duration(row.Segment.TimeToConvert?.Median))
            );
        }

        yield return FittedColumn.Bar(
            conversion,
            2,
            FittedColumn.OfLargest(last.Select(step => step.Count.ConversionFromFirst))
        );
    }

    // The figures stay below each other, marked or not.
    private static string Count(FunnelStepAnswer step, bool isMarked) =>
        Figures.Count(step.Count.Count) + (isMarked ? " " + TestMark.Of(step.Test).PadRight(1) : "");

    private static void WriteLegend(FunnelAnswer answer, IAnsiConsole console)
    {
        var tests = answer.Segments.SelectMany(segment => segment.Steps).Where(step => step.Test is not null).ToList();
        if (tests.Count > 0)
        {
            WrappedText.Write(
                console,
                tests.Exists(step => TestMark.Of(step.Test).Length > 0)
                    ? TestMark.Legend
                    : "No segment differs from the rest: no q < 0.05",
                "  ",
                "    "
            );
        }
    }
}
