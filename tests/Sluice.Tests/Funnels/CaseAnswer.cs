using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Tests.Funnels;

/// <summary>Holds an answer against a case: its lines, and the sum of what its units expect.</summary>
internal static partial class CaseAnswer
{
    private static readonly string[] Sums =
    [
        "count",
        "with_previous",
        "with_first",
        "immature",
        "mean",
        "median",
        "p90",
        "to_convert",
    ];

    /// <summary>Where the answer is not what the case expects, in words; none where it is.</summary>
    public static IReadOnlyList<string> Differences(FunnelCase item, FunnelAnswer answer) =>
        [
            .. item
                .Answer.Select(line => (line.Key, line.Value, Actual: Line(line.Key, answer)))
                .Where(line => Normal(line.Key, line.Value) != line.Actual)
                .Select(line => $"{line.Key}: {line.Value} expected, {line.Actual} counted"),
            .. CaseExpectation.Of(item, answer.Funnel) is { } expected ? Compare(expected, answer) : [],
        ];

    private static IEnumerable<string> Compare(CaseExpectation expected, FunnelAnswer answer)
    {
        if (expected.Total is { } total)
        {
            foreach (var difference in Differences("in all", total, answer.Total))
            {
                yield return difference;
            }
        }

        if (expected.Excluded != answer.Excluded)
        {
            yield return $"{expected.Excluded} excluded expected, {answer.Excluded} counted";
        }

        if (expected.WithoutUnit != answer.Provenance.EventsWithoutUnit)
        {
            yield return $"{expected.WithoutUnit} events of nobody expected, {answer.Provenance.EventsWithoutUnit} counted";
        }

        // Beyond the limit the lines of the answer say what is expected.
        if (answer.Other is not null)
        {
            yield break;
        }

        var counted = answer.Segments.ToDictionary(segment => CaseValue.Print(segment.Values), StringComparer.Ordinal);
        foreach (var key in expected.Segments.Keys.Union(counted.Keys, StringComparer.Ordinal))
        {
            foreach (
                var difference in Differences(
                    key,
                    expected.Segments.GetValueOrDefault(key),
                    counted.GetValueOrDefault(key)
                )
            )
            {
                yield return difference;
            }
        }
    }

    private static IEnumerable<string> Differences(string where, FunnelSegment? expected, FunnelSegment? counted) =>
        Print(expected) == Print(counted) ? [] : [$"{where}: {Print(expected)} expected, {Print(counted)} counted"];

    private static string Print(FunnelSegment? segment) =>
        segment is null ? "nothing" : string.Join("; ", Sums.Select(key => $"{key} {Of(key, segment)}"));

    private static string Normal(string key, string value) =>
        key == "segments" ? string.Join(' ', Segments(value).Select(CaseValue.Print)) : value;

    private static IEnumerable<IReadOnlyList<object?>> Segments(string text) =>
        Key().Matches(text).Select(key => CaseLineReader.Key(key.Value));

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Key();

    private static string Line(string key, FunnelAnswer answer)
    {
        var words = key.Split(' ', 2);
        return words switch
        {
            ["segments"] => string.Join(' ', answer.Segments.Select(segment => CaseValue.Print(segment.Values))),
            ["other_segments"] => $"{answer.OtherSegments}",
            ["excluded"] => $"{answer.Excluded}",
            ["overlap"] => answer.SegmentsOverlap ? "true" : "false",
            ["without_unit"] => $"{answer.Provenance.EventsWithoutUnit}",
            ["without_time"] => $"{answer.Provenance.EventsWithoutTime}",
            ["before"] => Of("count", answer.Before?.Total),
            ["period", var start] => Of(
                "count",
                answer.Trend.SingleOrDefault(period => period.Start == CaseTime.Date(start))?.Steps
            ),
            [var what] => Of(what, answer.Total),
            [var what, "other"] => Of(what, answer.Other),
            [var what, var values] => Of(
                what,
                answer.Segments.SingleOrDefault(segment =>
                    CaseValue.Print(segment.Values) == CaseValue.Print(CaseLineReader.Key(values))
                )
            ),
            _ => throw new FormatException($"'{key}' is no line of an answer."),
        };
    }

    private static string Of(string what, FunnelSegment? segment) =>
        segment is null
            ? "nothing"
            : what switch
            {
                "count" => Steps(segment, step => step.Count.Count),
                "with_previous" => Steps(segment, step => step.Count.Previous is null ? null : step.Count.WithPrevious),
                "with_first" => Steps(segment, step => step.Count.WithFirst),
                "conversion" => Steps(segment, step => step.Count.Conversion),
                "from_first" => Steps(segment, step => step.Count.ConversionFromFirst),
                "drop_off" => Steps(segment, step => step.Count.DropOff),
                "immature" => Steps(segment, step => step.Immature),
                "mean" => Steps(segment, step => step.Times?.Mean),
                "median" => Steps(segment, step => step.Times?.Median),
                "p90" => Steps(segment, step => step.Times?.P90),
                "interval" => Steps(segment, step => step.ConversionInterval?.Low)
                    + " to "
                    + Steps(segment, step => step.ConversionInterval?.High),
                "from_first_interval" => Steps(segment, step => step.ConversionFromFirstInterval?.Low)
                    + " to "
                    + Steps(segment, step => step.ConversionFromFirstInterval?.High),
                "to_convert" => segment.TimeToConvert is { } times
                    ? Numbers([times.Mean, times.Median, times.P90])
                    : "-",
                "estimate" => segment.Estimate is { } estimate
                    ? Numbers([estimate.Conversion, estimate.Interval.Low, estimate.Interval.High])
                    : "-",
                "histogram" => segment.Histogram is { } histogram
                    ? Numbers([.. histogram.Edges.Select(edge => edge / 1e6)])
                        + ": "
                        + Numbers([.. histogram.Counts.Select(count => (double)count)])
                    : "-",
                _ => throw new FormatException($"'{what}' is no line of an answer."),
            };

    private static string Steps(FunnelSegment segment, Func<FunnelStepAnswer, double?> number) =>
        Numbers([.. segment.Steps.Select(number)]);

    private static string Numbers(IReadOnlyList<double?> numbers) =>
        string.Join(' ', numbers.Select(number => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "-"));
}
