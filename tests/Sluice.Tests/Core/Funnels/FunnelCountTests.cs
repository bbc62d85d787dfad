using Sluice.Core.Funnels;

namespace Sluice.Tests.Core.Funnels;

public sealed class FunnelCountTests
{
    [Fact]
    public void Units_are_counted_in_all_and_per_segment()
    {
        var answer = Count(FunnelOrder.Ordered, 25, ("f", "a@0 b@1"), ("m", "a@0"), ("f", "b@0 a@1"), ("x", "b@0"));

        Assert.Equal("3/1", Print(answer.Total));
        Assert.Equal(["f 2/1", "m 1/0"], answer.Segments.Select(segment => $"{segment.Values[0]} {Print(segment)}"));
        Assert.Equal((7, 0, 0), (answer.Build, answer.OtherSegments, answer.EventsWithoutUnit));
    }

    [Fact]
    public void An_event_without_a_time_is_left_out_and_counted_where_times_are_asked()
    {
        var count = new FunnelCount(Funnel(FunnelOrder.Ordered, 25) with { By = [] }, new(FunnelText.Steps("a b")));
        count.Add(new("u", [], [new("a", FunnelEvent.NoTime), new("b", 5)]));
        count.Add(new("v", [], [new("a", 1), new("b", 5)]));

        var answer = count.ToAnswer(1);

        Assert.Equal("1/1", Print(answer.Total));
        Assert.Equal(1, answer.EventsWithoutTime);
    }

    [Fact]
    public void An_open_funnel_counts_a_step_whatever_came_before()
    {
        var answer = Count(FunnelOrder.Open, 25, ("f", "b@0"), ("f", "a@0 b@1"), ("m", "x@0"));

        Assert.Equal("1/2", Print(answer.Total));
        Assert.Equal((1, 1), (answer.Total.Steps[1].WithPrevious, answer.Total.Steps[1].Previous));
        Assert.Equal(["f 1/2", "m 0/0"], answer.Segments.Select(segment => $"{segment.Values[0]} {Print(segment)}"));
    }

    [Fact]
    public void The_limit_keeps_the_largest_segments_in_canonical_order_and_sums_up_the_rest()
    {
        var answer = Count(
            FunnelOrder.Ordered,
            2,
            ("d", "a@0 b@1"),
            ("c", "a@0"),
            ("c", "a@0"),
            ("b", "a@0 b@3"),
            ("a", "a@0"),
            ("d", "a@0")
        );

        Assert.Equal(
            ["c 2/0", "d 2/1", "other 2/1"],
            answer.Segments.Select(segment => $"{segment.Values[0]} {Print(segment)}")
        );
        Assert.Equal([false, false, true], answer.Segments.Select(segment => segment.IsOther));
        Assert.Equal(2, answer.OtherSegments);
        Assert.Equal(3e-6, answer.Segments[2].Steps[1].MedianSeconds);
    }

    [Fact]
    public void Of_equal_segments_the_first_in_canonical_order_is_kept() =>
        Assert.Equal(
            ["a", "other"],
            Count(FunnelOrder.Ordered, 1, (null, "a@0"), ("b", "a@0"), ("a", "a@0"))
                .Segments.Select(segment => segment.Values[0])
        );

    [Fact]
    public void Events_of_nobody_are_left_out_and_said()
    {
        var count = new FunnelCount(Funnel(FunnelOrder.Open, 25), new(FunnelText.Steps("a b")));
        count.Add(new(null, ["f"], [.. FunnelText.Events("a@0 b@0 x@0")]));

        var answer = count.ToAnswer(7);

        Assert.Equal("0/0", Print(answer.Total));
        Assert.Empty(answer.Segments);
        Assert.Equal(3, answer.EventsWithoutUnit);
    }

    [Fact]
    public void Without_a_breakdown_there_are_no_segments()
    {
        var count = new FunnelCount(Funnel(FunnelOrder.Ordered, 25) with { By = [] }, new(FunnelText.Steps("a b")));
        count.Add(new("u", [], [.. FunnelText.Events("a@0")]));

        Assert.Empty(count.ToAnswer(7).Segments);
        Assert.Equal("1/0", Print(count.ToAnswer(7).Total));
    }

    private static FunnelAnswer Count(FunnelOrder order, int limit, params (string? Sex, string Events)[] units)
    {
        var count = new FunnelCount(Funnel(order, limit), new(FunnelText.Steps("a b")));
        foreach (var (sex, events) in units)
        {
            count.Add(new("u", [sex], [.. FunnelText.Events(events)]));
        }

        return count.ToAnswer(7);
    }

    private static FunnelDefinition Funnel(FunnelOrder order, int limit) =>
        new()
        {
            Name = "f",
            Steps = FunnelText.Steps("a b"),
            Order = order,
            By = [new("sex")],
            Limit = limit,
        };

    private static string Print(FunnelSegment segment) => string.Join('/', segment.Steps.Select(step => step.Count));
}
