using System.Globalization;
using Sluice.Core.Funnels;
using Sluice.Core.Time;

namespace Sluice.Cli.Output;

/// <summary>The answer of a funnel for people: a line per step, or with a breakdown a line per segment.</summary>
internal static class FunnelTable
{
    private const int BarWidth = 24;

    public static void Write(FunnelAnswer answer, DataInterval interval)
    {
        var title = answer.Funnel.Description ?? answer.Funnel.Name;
        Console.Out.WriteLine();
        Console.Out.WriteLine(title);
        if (answer.Funnel.By.Count == 0)
        {
            WriteSteps(answer);
        }
        else
        {
            WriteSegments(answer);
        }

        WriteFootnotes(answer, interval);
    }

    private static void WriteSteps(FunnelAnswer answer)
    {
        var timed = answer.Total.Steps.Any(step => step.MedianSeconds is not null);
        List<string> headings =
        [
            "step",
            ">count",
            ">of previous",
            ">of first",
            ">drop-off",
            .. (timed ? [">median time"] : Array.Empty<string>()),
            "",
        ];
        var table = new TextTable(headings);
        for (var step = 0; step < answer.Total.Steps.Count; step++)
        {
            var counts = answer.Total.Steps[step];
            var first = step == 0;
            List<string> cells =
            [
                answer.Funnel.Steps[step].Name,
                ValueText.Count(counts.Count),
                first ? "" : ValueText.Percent(counts.Conversion),
                first ? "" : ValueText.Percent(counts.ConversionFromFirst),
                first ? "" : ValueText.Percent(counts.DropOff),
            ];
            if (timed)
            {
                cells.Add(counts.MedianSeconds is { } seconds ? ValueText.Span(TimeSpan.FromSeconds(seconds)) : "");
            }

            cells.Add(Bar(first ? 1 : counts.ConversionFromFirst));
            table.Add(cells);
        }

        table.Write();
    }

    private static void WriteSegments(FunnelAnswer answer)
    {
        // With two steps the drop-off of the second is the answer; with more, how many of the first came to the end.
        var two = answer.Funnel.Steps.Count == 2;
        var table = new TextTable([
            .. answer.Funnel.By.Select(breakdown => breakdown.Label),
            .. answer.Funnel.Steps.Select(step => $">{step.Name}"),
            two ? ">conversion" : ">first to last",
            .. (two ? [">drop-off"] : Array.Empty<string>()),
            "",
        ]);
        foreach (var segment in answer.Segments.Append(answer.Total))
        {
            var last = segment.Steps[^1];
            var share = two ? last.Conversion : last.ConversionFromFirst;
            table.Add([
                .. segment == answer.Total
                    ? answer.Funnel.By.Select((_, i) => i == 0 ? "all" : "")
                    : segment.Values.Select(value => value is null ? "(unknown)" : ValueText.Of(value)),
                .. segment.Steps.Select(step => ValueText.Count(step.Count)),
                ValueText.Percent(share),
                .. (two ? [ValueText.Percent(last.DropOff)] : Array.Empty<string>()),
                Bar(share),
            ]);
        }

        table.Write();
    }

    private static void WriteFootnotes(FunnelAnswer answer, DataInterval interval)
    {
        if (answer.OtherSegments > 0)
        {
            Console.Out.WriteLine(
                $"  'other' sums up {ValueText.Count(answer.OtherSegments)} segments beyond the limit of {ValueText.Count(answer.Funnel.Limit)}."
            );
        }

        if (answer.EventsWithoutUnit > 0)
        {
            Console.Out.WriteLine(
                $"  Left out, since they belong to nobody: {ValueText.Count(answer.EventsWithoutUnit)} events."
            );
        }

        if (answer.EventsWithoutTime > 0)
        {
            Console.Out.WriteLine(
                $"  Left out, since they have no time: {ValueText.Count(answer.EventsWithoutTime)} events."
            );
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  build {answer.Build} of {interval.Ds}"));
    }

    private static string Bar(double? share)
    {
        var eighths = (int)Math.Round((share ?? 0) * BarWidth * 8);
        var whole = eighths / 8;
        var rest = eighths % 8;
        // The block elements of Unicode: from a full block down to an eighth of one.
        return new string('█', whole) + (rest == 0 ? "" : ((char)('█' + 8 - rest)).ToString());
    }
}
