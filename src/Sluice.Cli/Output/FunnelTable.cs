using System.Globalization;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;
using Sluice.Core.Statistics;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>The answer of a funnel for people: a line per step, or with a breakdown a line per segment.</summary>
internal static class FunnelTable
{
    public static void Write(FunnelAnswer answer, IAnsiConsole console, bool showsTimes = false)
    {
        var output = console.Profile.Out.Writer;
        output.WriteLine();
        WrappedText.Write(console, VisibleText.Of(answer.Funnel.Description ?? answer.Funnel.Name), "", "");
        WrappedText.Write(console, FunnelWords.Question(answer.Funnel), "  ", "  ");
        output.WriteLine();
        if (answer.Funnel.By.Count == 0)
        {
            FunnelStepsTable.Write(answer, console);
        }
        else
        {
            FunnelSegmentsTable.Write(answer, console);
        }

        if (showsTimes)
        {
            output.WriteLine();
            FunnelTimesTable.Write(answer, console);
        }

        if (answer.Trend.Count > 0)
        {
            output.WriteLine();
            FunnelTrendTable.Write(answer, console);
        }

        if (answer.Before is { } before)
        {
            output.WriteLine();
            FunnelBeforeTable.Write(answer, before, console);
        }

        output.WriteLine();
        foreach (var note in Notes(answer))
        {
            WrappedText.Write(console, note, "  ", "    ");
        }
    }

    private static IEnumerable<string> Notes(FunnelAnswer answer)
    {
        foreach (var warning in answer.Warnings)
        {
            yield return $"! {VisibleText.Of(warning)}";
        }

        foreach (var (term, text) in FunnelNotes.LeftOut(answer))
        {
            yield return $"{term}: {text}";
        }

        if (HasGapAmongIntervals(answer))
        {
            yield return $"95 %: {Figures.None} where it is a share of fewer than {Figures.Count(Math.Max(1, answer.Funnel.MinSample))} (--min-sample)";
        }

        var provenance = answer.Provenance;
        if (provenance.File is { } file)
        {
            yield return $"file {VisibleText.Of(file)}";
        }

        if (provenance.Build is { } build)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"build {build}")
                + (
                    provenance.LogicalDate is { } date
                        ? string.Create(CultureInfo.InvariantCulture, $" of {date:yyyy-MM-dd}")
                        : ""
                );
        }
    }

    // A table without any interval has no column of them.
    private static bool HasGapAmongIntervals(FunnelAnswer answer)
    {
        IEnumerable<Interval?> steps =
            answer.Funnel.By.Count == 0
                ? answer.Total.Steps.Skip(1).Select(step => step.ConversionInterval)
                : answer
                    .Segments.Concat(answer.Other is { } other ? [other, answer.Total] : [answer.Total])
                    .Select(segment => segment.Steps[^1].ConversionFromFirstInterval);
        return IsMixed(steps)
            || IsMixed(answer.Trend.Select(period => period.Steps.Steps[^1].ConversionFromFirstInterval));
    }

    private static bool IsMixed(IEnumerable<Interval?> intervals) =>
        intervals.Select(interval => interval is null).Distinct().Count() > 1;
}
