using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

public sealed class SegmentTallyTests
{
    private static readonly FunnelRules Rules = new(3) { WindowMicros = 100 };

    [Fact]
    public void Units_are_counted_up_to_their_last_step()
    {
        var steps = TallyOf([0, 5, 9], [0, 2], [0]).ToSegment([]).Steps;

        Assert.Equal([3, 2, 1], steps.Select(step => step.Count.Count));
        Assert.Equal([null, 3, 2], steps.Select(step => step.Count.Previous));
    }

    [Fact]
    public void Open_steps_are_counted_with_what_they_share()
    {
        var funnel = FunnelText.Funnel("a b c") with { Order = FunnelOrder.Open };
        var rules = FunnelRules.Of(funnel, TimeZoneInfo.Utc);
        var tally = new SegmentTally(rules, null);
        foreach (var events in new[] { "a@0 b@0 c@0", "a@0 c@0", "b@0 c@0", "a@0", "x@0" })
        {
            foreach (var attempt in FunnelEvaluator.Evaluate(FunnelText.Events(events, funnel), rules).Attempts)
            {
                tally.Add(attempt);
            }
        }

        Assert.Equal(
            [new(3, null, 3, 3, 3), new(2, 3, 1, 3, 1), new(3, 2, 2, 3, 2)],
            tally.ToSegment([]).Steps.Select(step => step.Count)
        );
    }

    [Fact]
    public void Rates_are_shares_of_the_step_before_and_of_the_first()
    {
        var step = new StepCount(Count: 30, Previous: 40, WithPrevious: 25, First: 100, WithFirst: 20);

        Assert.Equal(25 / 40.0, step.Conversion);
        Assert.Equal(15 / 40.0, step.DropOff);
        Assert.Equal(20 / 100.0, step.ConversionFromFirst);
    }

    [Fact]
    public void The_first_step_has_none_before_it()
    {
        var first = TallyOf([0]).ToSegment([]).Steps[0];

        Assert.Equal((null, null, 1.0), (first.Count.Conversion, first.Count.DropOff, first.Count.ConversionFromFirst));
        Assert.Null(first.Times);
    }

    [Fact]
    public void A_share_of_nobody_is_null_and_not_zero() =>
        Assert.All(
            TallyOf().ToSegment([]).Steps,
            step =>
                Assert.Equal(
                    (null, null, null, null),
                    (step.Count.Conversion, step.Count.DropOff, step.Count.ConversionFromFirst, step.Times)
                )
        );

    [Theory]
    [InlineData(new long[] { 4_000_000 }, 4.0, 4.0, 4.0)]
    [InlineData(new long[] { 9_000_000, 1_000_000 }, 5.0, 5.0, 8.2)]
    [InlineData(new long[] { 9_000_000, 1_000_000, 2_000_000 }, 4.0, 2.0, 7.6)]
    public void Times_are_from_the_step_before(long[] micros, double mean, double median, double p90)
    {
        var times = TallyOf([.. micros.Select(length => new[] { 100, 100 + length })]).ToSegment([]).Steps[1].Times!;

        Assert.Equal((mean, median, p90), (times.Mean, times.Median, times.P90));
    }

    [Fact]
    public void Adding_segments_is_adding_their_units()
    {
        var one = TallyOf([0, 7], [0]);
        one.Add(TallyOf([0, 1], [3, 8]));

        Assert.Equal(TallyOf([0, 7], [0], [0, 1], [3, 8]).ToSegment([]).Steps, one.ToSegment([]).Steps);
    }

    [Fact]
    public void A_unit_whose_window_ends_after_the_watermark_is_immature_and_one_at_it_is_not()
    {
        var steps = TallyOf(watermark: 150, [50, 60], [51, 60], [51]).ToSegment([]).Steps;

        Assert.Equal([2, 1, 0], steps.Select(step => step.Immature));
    }

    [Fact]
    public void Who_is_still_under_way_counts_as_watched_so_far()
    {
        // Of two who were watched to the end one came through, of the two still under way none did so far.
        var estimate = TallyOf(watermark: 150, [0, 1, 2], [10], [120], [130]).ToSegment([]).Estimate!;

        Assert.Equal((1, 2), (estimate.Events, estimate.Censored));
        Assert.Equal(0.25, estimate.Conversion, 1e-12);
    }

    private static SegmentTally TallyOf(params long[][] units) => TallyOf(null, units);

    private static SegmentTally TallyOf(long? watermark, params long[][] units)
    {
        var tally = new SegmentTally(Rules, watermark);
        foreach (var unit in units)
        {
            tally.Add(unit);
        }

        return tally;
    }
}
