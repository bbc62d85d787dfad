using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Funnels;

public sealed class FunnelCountTests
{
    [Fact]
    public void Units_are_counted_in_all_and_per_segment()
    {
        var answer = Count(25, ("f", "a@0 b@1"), ("m", "a@0"), ("f", "b@0 a@1"), ("x", "b@0"));

        Assert.Equal("3/1", Print(answer.Total));
        Assert.Equal(["f 2/1", "m 1/0"], answer.Segments.Select(Named));
        Assert.Null(answer.Other);
    }

    [Fact]
    public void The_limit_keeps_the_largest_segments_in_canonical_order_and_sums_up_the_rest()
    {
        var answer = Count(
            2,
            ("d", "a@0 b@1"),
            ("c", "a@0"),
            ("c", "a@0"),
            ("b", "a@0 b@3"),
            ("a", "a@0"),
            ("d", "a@0")
        );

        Assert.Equal(["c 2/0", "d 2/1"], answer.Segments.Select(Named));
        Assert.Equal(("2/1", 2), (Print(answer.Other!), answer.OtherSegments));
        Assert.Equal(3e-6, answer.Other!.Steps[1].Times!.Median);
    }

    [Fact]
    public void Of_equal_segments_the_first_in_canonical_order_is_kept() =>
        Assert.Equal(["a 1/0"], Count(1, (null, "a@0"), ("b", "a@0"), ("a", "a@0")).Segments.Select(Named));

    [Fact]
    public void Under_the_minimum_sample_there_are_counts_and_no_intervals()
    {
        var few = Count(25, [.. Enumerable.Repeat<(string?, string)>(("f", "a@0 b@1"), 29)]);
        var enough = Count(25, [.. Enumerable.Repeat<(string?, string)>(("f", "a@0 b@1"), 30)]);

        Assert.Equal((29, null), (few.Total.Steps[1].Count.Count, few.Total.Steps[1].ConversionInterval));
        Assert.NotNull(enough.Total.Steps[1].ConversionInterval);
        Assert.Null(enough.Total.Steps[0].ConversionInterval);
    }

    [Fact]
    public void A_segment_is_compared_with_all_other_units_and_corrected_for_all_segments()
    {
        var answer = Count(
            25,
            [
                .. Enumerable.Repeat<(string?, string)>(("f", "a@0 b@1"), 40),
                .. Enumerable.Repeat<(string?, string)>(("m", "a@0"), 30),
                .. Enumerable.Repeat<(string?, string)>(("m", "a@0 b@1"), 30),
                .. Enumerable.Repeat<(string?, string)>(("x", "a@0 b@1"), 5),
            ]
        );
        var test = answer.Segments[1].Steps[1].Test!;

        Assert.Equal((30 / 60.0) - (45 / 45.0), test.Difference, 1e-12);
        Assert.Equal(2, answer.Segments.Count(segment => segment.Steps[1].Test is not null));
        Assert.InRange(test.QValue, test.PValue, 1);
        Assert.Null(answer.Total.Steps[1].Test);
    }

    private static FunnelAnswer Count(int limit, params (string? Sex, string Events)[] units)
    {
        var funnel = FunnelText.Funnel("a b") with { By = [Breakdown.By("sex")], Limit = limit };
        var plan = FunnelPlan.Of(funnel, Source);
        var count = new FunnelCount(plan, null);
        foreach (var (sex, events) in units)
        {
            var items = FunnelText.Events(events, funnel);
            count.Add(
                new("u", items, [.. items.Select(_ => new PropertyValues([]))], [new UserRow(null, null, [sex])]),
                TestContext.Current.CancellationToken
            );
        }

        return count.ToAnswer(
            new()
            {
                Definition = "",
                Rows = 0,
                Units = 0,
                EventsWithoutUnit = 0,
                EventsWithoutTime = 0,
                WatermarkMicros = null,
            },
            null
        );
    }

    private static FunnelSource Source { get; } =
        new()
        {
            Events =
            [
                new(
                    new SqlRelation(
                        TableId.Mart("visits"),
                        new([
                            new("user_id", ColumnKind.String),
                            new("event", ColumnKind.String),
                            new("time", ColumnKind.Timestamp),
                        ]),
                        []
                    ),
                    new() { Time = "time" }
                ),
            ],
            Users = new(
                new SqlRelation(
                    TableId.Mart("users"),
                    new([new("user_id", ColumnKind.String), new("sex", ColumnKind.String)]),
                    []
                ),
                new("users", "user_id")
            ),
            Provenance = new(),
        };

    private static string Named(FunnelSegment segment) => $"{segment.Values[0]} {Print(segment)}";

    private static string Print(FunnelSegment segment) =>
        string.Join('/', segment.Steps.Select(step => step.Count.Count));
}
