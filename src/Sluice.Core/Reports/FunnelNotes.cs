using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>What belongs under an answer: who was left out, and what its statistics mean, a line each.</summary>
public static class FunnelNotes
{
    /// <summary>What was not counted, or not shown by itself; only what there is.</summary>
    public static IEnumerable<(string Term, string Text)> LeftOut(FunnelAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var counted = FunnelWords.Counted(answer.Funnel);
        if (answer.Total.Steps[0].Count.Count == 0)
        {
            yield return ("entered", "nobody took the first step");
        }

        if (answer.Other is not null)
        {
            yield return (
                "other",
                $"sums up {Figures.Count(answer.OtherSegments)} segments beyond the limit of {Figures.Count(answer.Funnel.Limit)}"
            );
        }

        foreach (var note in NotCounted(answer))
        {
            yield return note;
        }

        if (answer.Total.Steps[0].Immature is > 0 and var open)
        {
            yield return (
                "still have time",
                $"{Figures.Count(open)} of {Figures.Count(answer.Total.Steps[0].Count.Count)} {counted} at the first step, whose window is not over"
            );
        }

        if (answer.Total.Estimate is { } estimate)
        {
            yield return (
                "estimate",
                $"{Figures.Percent(estimate.Conversion)} ({Figures.Percents(estimate.Interval)}) from the first to the last step once all windows are over"
            );
        }
    }

    /// <summary>What the figures do not show: what was kept out of them, and segments that overlap; only what there is.</summary>
    public static IEnumerable<(string Term, string Text)> NotCounted(FunnelAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.SegmentsOverlap)
        {
            yield return ("segments", "overlap: one of the counted can stand in several, and none is tested");
        }

        if (answer.Excluded > 0)
        {
            yield return (
                "excluded",
                $"{Number(answer.Excluded, FunnelWords.Counted(answer.Funnel))}, by an event that must not happen"
            );
        }

        if (answer.Provenance.EventsWithoutUnit > 0)
        {
            yield return (
                "left out",
                $"{Number(answer.Provenance.EventsWithoutUnit, "events")} that {(answer.Provenance.EventsWithoutUnit == 1 ? "belongs" : "belong")} to nobody"
            );
        }

        if (answer.Provenance.EventsWithoutTime > 0)
        {
            yield return ("left out", $"{Number(answer.Provenance.EventsWithoutTime, "events")} without a time");
        }
    }

    /// <summary>What was read. Which units these are depends on what answered.</summary>
    public static string Read(FunnelProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(provenance);
        var which = provenance.Index is null ? "with an event that the funnel looks at" : "that the index holds";
        return $"{Figures.Count(provenance.Rows)} events; {Figures.Count(provenance.Units)} units {which}";
    }

    /// <summary>What the statistics of the answer mean; only of those that it has.</summary>
    public static IEnumerable<(string Term, string Text)> Statistics(FunnelAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        yield return (
            "95 %",
            answer.Funnel.Entry == FunnelEntry.Every
                ? "is left out, since attempts of one user are not independent of each other"
                : "is where the true conversion lies, 19 times of 20 (Wilson); none where it is a "
                    + $"share of fewer than {Figures.Count(answer.Funnel.MinSample)}"
        );
        if (answer.Segments.Any(segment => segment.Steps.Any(step => step.Test is not null)))
        {
            yield return (
                "against the rest",
                "is the segment's conversion from the step before less that of all others"
            );
            yield return ("p", "is how often chance alone makes two such groups differ as much (two-proportion test)");
            yield return ("q", "is p corrected for all segments and steps compared here (Benjamini-Hochberg)");
            yield return (
                "smallest effect",
                "is the smallest difference that samples of this size show four times of five"
            );
        }

        if (answer.Total.TimeToConvert is not null)
        {
            yield return ("median, p90", "are the times within which half and nine of ten were done");
        }

        if (answer.Total.Estimate is not null || answer.Trend.Any(period => period.Steps.Estimate is not null))
        {
            yield return (
                "estimate",
                "takes into account that some were not watched for their whole window (Kaplan-Meier)"
            );
        }
    }

    // "users", or "values of cart_id".
    private static string Number(long count, string plural)
    {
        var end = plural.Split(' ')[0].Length;
        return $"{Figures.Count(count)} {(count == 1 ? plural.Remove(end - 1, 1) : plural)}";
    }
}
