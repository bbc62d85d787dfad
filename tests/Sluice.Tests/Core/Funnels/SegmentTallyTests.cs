using Sluice.Core.Funnels;

namespace Sluice.Tests.Core.Funnels;

public sealed class SegmentTallyTests
{
    [Fact]
    public void Open_steps_are_counted_with_what_they_share()
    {
        var tally = new SegmentTally(3);
        tally.Add([true, true, true]);
        tally.Add([true, false, true]);
        tally.Add([false, true, true]);
        tally.Add([true, false, false]);
        tally.Add([false, false, false]);

        Assert.Equal([new(3, 3, 3, 3, 3), new(2, 3, 1, 3, 1), new(3, 2, 2, 3, 2)], tally.ToSteps());
    }

    [Fact]
    public void Ordered_units_are_counted_up_to_their_last_step()
    {
        var tally = new SegmentTally(3);
        tally.Add([0L, 5L, 9L]);
        tally.Add([0L, 2L]);
        tally.Add([0L]);

        Assert.Equal([3, 2, 1], tally.ToSteps().Select(step => step.Count));
        Assert.Equal([3, 3, 2], tally.ToSteps().Select(step => step.Previous));
        Assert.Equal(3, tally.Entered);
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
    public void The_first_step_converts_from_itself()
    {
        var tally = new SegmentTally(2);
        tally.Add([true, false]);

        Assert.Equal(
            (1.0, 0.0, 1.0),
            (tally.ToSteps()[0].Conversion, tally.ToSteps()[0].DropOff, tally.ToSteps()[0].ConversionFromFirst)
        );
    }

    [Fact]
    public void A_share_of_nobody_is_null_and_not_zero()
    {
        var steps = new SegmentTally(2).ToSteps();

        Assert.All(steps, step => Assert.Null(step.Conversion));
        Assert.All(steps, step => Assert.Null(step.DropOff));
        Assert.All(steps, step => Assert.Null(step.ConversionFromFirst));
        Assert.All(steps, step => Assert.Null(step.MedianSeconds));
    }

    [Theory]
    [InlineData(new long[] { 4_000_000 }, 4.0)]
    [InlineData(new long[] { 9_000_000, 1_000_000 }, 5.0)]
    [InlineData(new long[] { 9_000_000, 1_000_000, 2_000_000 }, 2.0)]
    [InlineData(new long[] { 0, 1 }, 0.0000005)]
    public void The_median_is_of_the_time_from_the_step_before(long[] micros, double seconds)
    {
        var tally = new SegmentTally(2);
        foreach (var length in micros)
        {
            tally.Add([100L, 100L + length]);
        }

        Assert.Equal(seconds, tally.ToSteps()[1].MedianSeconds);
        Assert.Null(tally.ToSteps()[0].MedianSeconds);
    }

    [Fact]
    public void Adding_segments_is_adding_their_units()
    {
        var (one, other, whole) = (new SegmentTally(2), new SegmentTally(2), new SegmentTally(2));
        foreach (
            var (tally, times) in new[] { (one, new[] { 0L, 7L }), (one, [0L]), (other, [0L, 1L]), (other, [3L, 8L]) }
        )
        {
            tally.Add(times);
            whole.Add(times);
        }

        one.Add(other);

        Assert.Equal(whole.ToSteps(), one.ToSteps());
    }
}
