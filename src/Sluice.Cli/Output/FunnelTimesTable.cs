using System.Globalization;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;
using Sluice.Core.Statistics;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>The histogram of the times from the first step to the last, over all segments, a line for each bin.</summary>
internal static class FunnelTimesTable
{
    private const double MicrosPerSecond = 1e6;

    public static void Write(FunnelAnswer answer, IAnsiConsole console)
    {
        if (answer.Total.Histogram is not { } histogram)
        {
            WrappedText.Write(console, "times: none are known from the first step to the last", "  ", "    ");
            return;
        }

        FittedTable.Write(
            console,
            [
                FittedColumn.Number("first to last", 0, Edges(histogram).SkipLast(1)),
                FittedColumn.Number("up to", 0, Edges(histogram).Skip(1)),
                FittedColumn.Number(
                    FunnelWords.Counted(answer.Funnel),
                    0,
                    histogram.Counts.Select(count => Figures.Count(count))
                ),
                FittedColumn.Bar("", 2, FittedColumn.OfLargest(histogram.Counts.Select(count => (double?)count))),
            ]
        );
    }

    private static IEnumerable<string> Edges(Histogram histogram) => histogram.Edges.Select(Exact);

    // Bins may be narrower than the unit that a rounded time is told in.
    private static string Exact(long micros)
    {
        var span = TimeSpan.FromMicroseconds(micros);
        var seconds = (micros % (long)TimeSpan.FromMinutes(1).TotalMicroseconds) / MicrosPerSecond;
        (double Number, string Unit)[] parts =
        [
            (span.Days, "d"),
            (span.Hours, "h"),
            (span.Minutes, "m"),
            (seconds, "s"),
        ];
        var text = string.Concat(
            parts
                .Where(part => part.Number != 0)
                .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Number:0.######}{part.Unit}"))
        );
        return text.Length > 0 ? text : "0s";
    }
}
