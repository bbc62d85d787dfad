using Sluice.Core.Statistics;

namespace Sluice.Core.Funnels.Answers;

/// <summary>Adds intervals and tests to counts; see docs/semantics.md, Statistics.</summary>
/// <param name="funnel">The funnel.</param>
internal sealed class SegmentStatistics(FunnelDefinition funnel)
{
    // Attempts of one unit are not independent of each other.
    private readonly bool _counts = funnel.Entry != FunnelEntry.Every;

    /// <summary>The segment with its intervals.</summary>
    public FunnelSegment WithIntervals(FunnelSegment segment) =>
        segment with
        {
            Estimate = _counts && segment.Steps[0].Count.Count >= funnel.MinSample ? segment.Estimate : null,
            Steps =
            [
                .. segment.Steps.Select(step =>
                    step.Count.Previous is not { } previous
                        ? step
                        : step with
                        {
                            ConversionInterval = IntervalOf(step.Count.WithPrevious, previous),
                            ConversionFromFirstInterval = IntervalOf(step.Count.WithFirst, step.Count.First),
                        }
                ),
            ],
        };

    /// <summary>The segments with the comparison of each of their steps with the rest of the funnel.</summary>
    /// <param name="segments">All that are shown.</param>
    /// <param name="total">The whole; each unit of it is in one segment.</param>
    public IReadOnlyList<FunnelSegment> WithTests(IReadOnlyList<FunnelSegment> segments, FunnelSegment total)
    {
        var tests = segments
            .SelectMany(segment => segment.Steps.Select((step, i) => TestOf(step.Count, total.Steps[i].Count)))
            .ToList();
        var corrected = BenjaminiHochberg.Adjust([.. tests.Select(test => test?.PValue)]);
        return
        [
            .. segments.Select(
                (segment, at) =>
                    segment with
                    {
                        Steps =
                        [
                            .. segment.Steps.Select(
                                (step, i) =>
                                {
                                    var place = (at * segment.Steps.Count) + i;
                                    return tests[place] is { } test
                                        ? step with
                                        {
                                            Test = test with { QValue = corrected[place]!.Value },
                                        }
                                        : step;
                                }
                            ),
                        ],
                    }
            ),
        ];
    }

    private StepTest? TestOf(StepCount segment, StepCount total)
    {
        var rest = total.Without(segment);
        return
            IsEnough(segment)
            && IsEnough(rest)
            && TwoProportionTest.Of(
                segment.WithPrevious,
                segment.Previous!.Value,
                rest.WithPrevious,
                rest.Previous!.Value
            )
                is { } test
            ? new StepTest(
                test.Difference,
                test.DifferenceInterval,
                test.PValue,
                test.PValue,
                MinimumDetectableEffect.Of(segment.Previous.Value, rest.Previous.Value, rest.Conversion!.Value)
            )
            : null;
    }

    // Each rate is held against the units that it is a share of.
    private Interval? IntervalOf(long part, long whole) => IsEnough(whole) ? WilsonInterval.Of(part, whole) : null;

    private bool IsEnough(StepCount count) => IsEnough(count.Previous);

    private bool IsEnough(long? whole) => _counts && whole >= funnel.MinSample;
}
