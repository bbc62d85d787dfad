using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;

namespace Sluice.Cli.Output;

/// <summary>
/// The answer of a funnel as CSV: a line per segment and step, then one per step of the whole. Where they were asked for, the
/// periods of a trend and the period before follow; the column <c>part</c> tells them from each other.
/// </summary>
internal static class FunnelCsv
{
    private static readonly string[] Figures =
    [
        "step",
        "name",
        "count",
        "previous",
        "with_previous",
        "with_first",
        "conversion_from_previous",
        "conversion_low",
        "conversion_high",
        "conversion_from_first",
        "conversion_from_first_low",
        "conversion_from_first_high",
        "drop_off",
        "immature",
        "mean_seconds",
        "median_seconds",
        "p90_seconds",
        "difference",
        "difference_low",
        "difference_high",
        "p_value",
        "q_value",
        "smallest_effect",
        "estimate",
        "estimate_low",
        "estimate_high",
        "part",
        "period",
    ];

    public static void Write(FunnelAnswer answer, TextWriter output)
    {
        CsvText.WriteLine(output, [.. FunnelNames.Labels(answer.Funnel.By, Figures), .. Figures]);
        foreach (var segment in answer.Segments)
        {
            WriteSegment(output, answer, segment, "segment");
        }

        if (answer.Other is { } other)
        {
            WriteSegment(output, answer, other, "other");
        }

        // No sum of the segments where they overlap or where a conversion is of none of them.
        WriteSegment(output, answer, answer.Total, "total");

        foreach (var period in answer.Trend)
        {
            WriteSegment(output, answer, period.Steps, "period", period.Start);
        }

        if (answer.Before is { } before)
        {
            WriteSegment(output, answer, before.Total, "before", before.Funnel.From);
        }
    }

    private static void WriteSegment(
        TextWriter output,
        FunnelAnswer answer,
        FunnelSegment segment,
        string part,
        DateOnly? period = null
    )
    {
        var names = StepNames.Of(answer.Funnel);
        var key = answer.Funnel.By.Select((_, i) => segment.Values.Count > i ? segment.Values[i] : null);
        for (var i = 0; i < segment.Steps.Count; i++)
        {
            var step = segment.Steps[i];
            // An estimate is that of the way to the last step.
            var estimate = i == segment.Steps.Count - 1 ? segment.Estimate : null;
            object?[] values =
            [
                .. key,
                i + 1,
                names[i],
                step.Count.Count,
                step.Count.Previous,
                step.Count.WithPrevious,
                step.Count.WithFirst,
                step.Count.Conversion,
                step.ConversionInterval?.Low,
                step.ConversionInterval?.High,
                step.Count.ConversionFromFirst,
                step.ConversionFromFirstInterval?.Low,
                step.ConversionFromFirstInterval?.High,
                step.Count.DropOff,
                step.Immature,
                step.Times?.Mean,
                step.Times?.Median,
                step.Times?.P90,
                step.Test?.Difference,
                step.Test?.DifferenceInterval.Low,
                step.Test?.DifferenceInterval.High,
                step.Test?.PValue,
                step.Test?.QValue,
                step.Test?.SmallestEffect,
                estimate?.Conversion,
                estimate?.Interval.Low,
                estimate?.Interval.High,
                part,
                period,
            ];
            CsvText.WriteLine(output, values.Select(Text));
        }
    }

    // What is undefined is empty, as null is.
    private static string Text(object? value) =>
        value is double number && !double.IsFinite(number) ? "" : ValueText.Of(value);
}
