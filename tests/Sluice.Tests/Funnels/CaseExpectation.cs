using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Funnels;

/// <summary>What all lines of a case together expect.</summary>
/// <param name="Total">The whole funnel; null where the lines only say what segments hold.</param>
/// <param name="Segments">The segments by <see cref="CaseValue.Print(IEnumerable{object?})"/> of their values.</param>
/// <param name="Excluded">Attempts that an exclusion takes out.</param>
/// <param name="WithoutUnit">Events of nobody.</param>
internal sealed record CaseExpectation(
    FunnelSegment? Total,
    IReadOnlyDictionary<string, FunnelSegment> Segments,
    long Excluded,
    long WithoutUnit
)
{
    /// <summary>The expectation; null where a line says nothing.</summary>
    public static CaseExpectation? Of(FunnelCase item, FunnelDefinition funnel)
    {
        if (item.Lines.Any(line => line.Expected is null))
        {
            return null;
        }

        var rules = FunnelRules.Of(funnel, item.Zone);
        var watermark = item.WatermarkMicros ?? item.Events.Max(one => one.Micros);
        var expected = item.Lines.SelectMany(line => line.Expected!).ToList();
        var counted = expected.Where(attempt => !attempt.IsExcluded).ToList();
        var overlap = funnel.By.Count > 0 && funnel.Attribution.MayOverlap;
        return new(
            overlap && !counted.Exists(attempt => attempt.Key is null)
                ? null
                : Sum(overlap ? counted.Where(attempt => attempt.Key is null) : counted),
            counted
                .Where(attempt => attempt.Key is not null)
                .GroupBy(attempt => CaseValue.Print(attempt.Key!), StringComparer.Ordinal)
                .ToDictionary(segment => segment.Key, Sum, StringComparer.Ordinal),
            expected.Count(attempt => attempt.IsExcluded),
            item.Events.Count(one => one.UnitIn(funnel) is null)
        );

        FunnelSegment Sum(IEnumerable<CaseAttempt> attempts)
        {
            var tally = new SegmentTally(rules, watermark);
            foreach (var attempt in attempts)
            {
                tally.Add(ToAttempt(attempt, rules.Steps));
            }

            return tally.ToSegment([], item.Options.Bins);
        }
    }

    private static Attempt ToAttempt(CaseAttempt expected, int steps)
    {
        var attempt = new Attempt(steps);
        for (var step = 0; step < expected.Micros.Count; step++)
        {
            if (expected.Micros[step] is { } micros)
            {
                attempt.Take(step, step, micros);
            }
        }

        return attempt;
    }
}
