using System.Globalization;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>The steps beside those of the period before.</summary>
internal static class FunnelBeforeTable
{
    public static void Write(FunnelAnswer answer, FunnelAnswer before, IAnsiConsole console)
    {
        var steps = answer
            .Total.Steps.Zip(before.Total.Steps, (now, then) => (Now: now.Count, Then: then.Count))
            .ToList();
        WrappedText.Write(console, $"before: {Range(before.Funnel)}; now: {Range(answer.Funnel)}", "  ", "    ");
        FittedTable.Write(
            console,
            FittedColumn.Text("step", StepNames.Of(answer.Funnel)),
            FittedColumn.Number("before", 4, steps.Select(step => Figures.Count(step.Then.Count))),
            FittedColumn.Number("now", 3, steps.Select(step => Figures.Count(step.Now.Count))),
            Later("of first before", 2, step => Figures.Percent(step.Then.ConversionFromFirst)),
            Later("of first now", 1, step => Figures.Percent(step.Now.ConversionFromFirst)),
            Later("points", 0, step => Figures.Points(step.Now.ConversionFromFirst - step.Then.ConversionFromFirst))
        );

        if (answer.Funnel.By.Count > 0)
        {
            console.Profile.Out.Writer.WriteLine();
            FittedTable.Write(console, SegmentColumns(answer, SegmentPair.Of(answer, before)));
        }

        FittedColumn Later(string heading, int rank, Func<(StepCount Now, StepCount Then), string> cell) =>
            FittedColumn.Number(heading, rank, steps.Select((step, i) => i == 0 ? "" : cell(step)));
    }

    private static IEnumerable<FittedColumn> SegmentColumns(FunnelAnswer answer, IReadOnlyList<SegmentPair> pairs)
    {
        var conversion = answer.Funnel.Steps.Count == 2 ? "conversion" : "first to last";
        return
        [
            .. FunnelNames
                .Labels(answer.Funnel.By)
                .Select((label, i) => FittedColumn.Text(label, pairs.Select(pair => pair.Names[i]))),
            FittedColumn.Number("before", 4, pairs.Select(pair => SegmentPair.EnteredOf(pair.Then))),
            FittedColumn.Number("now", 3, pairs.Select(pair => SegmentPair.EnteredOf(pair.Now))),
            Percent($"{conversion} before", 2, pair => pair.Then),
            Percent($"{conversion} now", 1, pair => pair.Now),
            FittedColumn.Number("points", 0, pairs.Select(pair => Figures.Points(pair.Change))),
        ];

        FittedColumn Percent(string heading, int rank, Func<SegmentPair, FunnelSegment?> segment) =>
            FittedColumn.Number(
                heading,
                rank,
                pairs.Select(pair => Figures.Percent(SegmentPair.ConversionOf(segment(pair))))
            );
    }

    private static string Range(FunnelDefinition funnel) =>
        funnel is { From: { } from, To: { } to }
            ? string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} to {to.AddDays(-1):yyyy-MM-dd}")
            : "all entries";
}
