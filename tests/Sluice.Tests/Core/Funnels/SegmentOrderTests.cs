using Sluice.Core.Funnels.Answers;

namespace Sluice.Tests.Core.Funnels;

public sealed class SegmentOrderTests
{
    [Fact]
    public void Texts_are_ordered_by_code_and_not_by_language() => AssertOrder("B", "a", "ä", null);

    [Fact]
    public void Numbers_are_ordered_by_size() => AssertOrder(-1L, 2L, 10L, null);

    [Fact]
    public void Whole_and_other_numbers_are_ordered_together() => AssertOrder(9.5, 95L, 100L, 100.5, null);

    [Fact]
    public void Characters_beyond_16_bits_come_last() => AssertOrder("a", "\uff5e", "\U0001F600", null);

    [Fact]
    public void Kinds_of_values_are_ordered_too() => AssertOrder(true, 3L, new DateOnly(2015, 1, 1), "a", null);

    [Fact]
    public void Dates_are_ordered_by_time() => AssertOrder(new DateOnly(2015, 2, 1), new DateOnly(2015, 11, 1), null);

    [Fact]
    public void The_second_value_decides_where_the_first_is_equal()
    {
        IReadOnlyList<object?>[] ordered =
        [
            ["a", 1L],
            ["a", 2L],
            ["a", null],
            ["b", 1L],
            [null, 1L],
            [null, null],
        ];

        Assert.Equal(ordered, ordered.Reverse().Order(SegmentOrder.Instance));
    }

    [Fact]
    public void Equal_values_are_one_segment_whichever_list_holds_them()
    {
        var segments = new HashSet<IReadOnlyList<object?>>(SegmentOrder.Instance)
        {
            new List<object?> { "f", 4L, null, new DateOnly(2015, 1, 1) },
        };

        Assert.DoesNotContain(["f", 4L, null, new DateOnly(2015, 1, 2)], segments);
        Assert.Contains(["f", 4L, null, new DateOnly(2015, 1, 1)], segments);
        Assert.DoesNotContain(["f", null, 4L, new DateOnly(2015, 1, 1)], segments);
    }

    private static void AssertOrder(params object?[] values) =>
        Assert.Equal(
            values,
            values
                .Reverse()
                .Select(value => (IReadOnlyList<object?>)[value])
                .Order(SegmentOrder.Instance)
                .Select(segment => segment[0])
        );
}
