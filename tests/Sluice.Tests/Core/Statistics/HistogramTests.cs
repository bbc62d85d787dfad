using CsCheck;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

public sealed class HistogramTests
{
    private static readonly Gen<long[]> Values = Gen.OneOf(
        Gen.Long[0, 20].Array[1, 300],
        Gen.Long[-1_000_000, 1_000_000].Array[1, 300],
        Gen.OneOf(Gen.Long, Gen.OneOf(long.MinValue, long.MaxValue, long.MaxValue - 3)).Array[1, 300]
    );

    private static readonly Gen<int?> Bins = Gen.OneOf(
        Gen.Const((int?)null),
        Gen.Int[1, 100].Select(count => (int?)count)
    );

    private static readonly Gen<long> Unit = Gen.OneOf(Gen.Const(1L), Gen.Long[1, 1000], Gen.Const(long.MaxValue));

    [Fact]
    public void The_cube_root_of_the_values_is_the_number_of_bins() =>
        AssertHistogram([0, 1, 2, 3, 4, 5, 6, 7, 8], null, edges: [0, 3, 6, 9], counts: [3, 3, 3]);

    [Fact]
    public void A_given_number_replaces_it() =>
        AssertHistogram([0, 1, 2, 3, 4, 5, 6, 7, 8], 2, edges: [0, 4, 8], counts: [4, 5]);

    [Fact]
    public void The_last_bin_holds_its_upper_end() => AssertHistogram([0, 10], 2, edges: [0, 5, 10], counts: [1, 1]);

    [Fact]
    public void Rounding_the_width_up_may_leave_the_last_bins_empty() =>
        AssertHistogram([0, 5], 4, edges: [0, 2, 4, 6, 8], counts: [1, 0, 1, 0]);

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    public void Equal_values_have_one_bin(int? bins) => AssertHistogram([7, 7, 7], bins, edges: [7, 7], counts: [3]);

    [Fact]
    public void Without_values_there_is_none() => Assert.Null(Histogram.Of(Chunks([], [])));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 2)]
    [InlineData(9, 3)]
    [InlineData(1000, 10)]
    [InlineData(1001, 11)]
    [InlineData(1_000_000, 60)]
    public void The_automatic_number_is_exact_and_at_most_60(int values, int bins) =>
        Assert.Equal(
            values == 1 ? 1 : bins,
            Histogram.Of([Enumerable.Range(0, values).Select(i => (long)i).ToArray()])!.Counts.Count
        );

    [Fact]
    public void Edges_are_whole_units()
    {
        var histogram = Histogram.Of(Chunks([1_500_000, 2_000_000, 4_200_000]), 2, unit: 1_000_000)!;

        Assert.Equal([1_000_000, 3_000_000, 5_000_000], histogram.Edges);
        Assert.Equal([2, 1], histogram.Counts);
    }

    [Fact]
    public void Equal_values_have_one_bin_of_whole_units()
    {
        var histogram = Histogram.Of(Chunks([1_500_000, 1_500_000]), unit: 1_000_000)!;

        Assert.Equal([1_000_000, 2_000_000], histogram.Edges);
        Assert.Equal([2], histogram.Counts);
    }

    [Fact]
    public void The_ends_of_a_long_do_not_wrap_around()
    {
        AssertHistogram(
            [long.MinValue, -1, 0, long.MaxValue],
            2,
            edges: [long.MinValue, 0, long.MaxValue],
            counts: [2, 2]
        );
        AssertHistogram(
            [long.MaxValue - 5, long.MaxValue],
            4,
            edges: [long.MaxValue - 5, long.MaxValue - 3, long.MaxValue - 1, long.MaxValue, long.MaxValue],
            counts: [1, 0, 0, 1]
        );
    }

    [Fact]
    public void Two_samples_share_their_edges()
    {
        var bins = HistogramBins.Over(Chunks([0, 1], [9, 10]), 2)!;

        Assert.Equal([0, 5, 10], bins.Edges);
        Assert.Equal([2, 0], bins.Count(Chunks([0, 1])).Counts);
        Assert.Equal([0, 2], bins.Count(Chunks([9, 10])).Counts);
        Assert.Equal([0, 0], bins.Count([]).Counts);
    }

    [Fact]
    public void A_value_outside_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HistogramBins.Over(Chunks([0, 9]), 2)!.Count(Chunks([11])));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Less_than_one_bin_or_unit_is_refused(int bins, long unit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Histogram.Of(Chunks([1]), bins, unit));

    [Fact]
    public void Every_value_is_counted_once_between_edges_that_rise() =>
        Gen.Select(Values, Bins, Unit)
            .Sample(
                (values, bins, unit) =>
                {
                    var histogram = Histogram.Of(Halves(values), bins, unit)!;
                    return histogram.Counts.Sum() == values.Length
                        && histogram.Edges.Count == histogram.Counts.Count + 1
                        && histogram.Edges.SequenceEqual(histogram.Edges.Order())
                        && histogram.Edges[0] <= values.Min()
                        && histogram.Edges[^1] >= values.Max();
                }
            );

    [Fact]
    public void Every_bin_counts_what_lies_between_its_edges() =>
        Gen.Select(Values, Bins, Unit)
            .Sample(
                (values, bins, unit) =>
                {
                    var (edges, counts) = Histogram.Of(Halves(values), bins, unit)!;
                    return counts
                        .Index()
                        .All(bin =>
                            bin.Item
                            == values.Count(value =>
                                bin.Index == counts.Count - 1
                                    ? value == edges[^1] || (value >= edges[^2] && value < edges[^1])
                                    : value >= edges[bin.Index] && value < edges[bin.Index + 1] && value != edges[^1]
                            )
                        );
                }
            );

    private static void AssertHistogram(long[] values, int? bins, long[] edges, long[] counts)
    {
        var histogram = Histogram.Of(Halves(values), bins)!;

        Assert.Equal(edges, histogram.Edges);
        Assert.Equal(counts, histogram.Counts);
    }

    private static IReadOnlyList<ReadOnlyMemory<long>> Chunks(params long[][] chunks) =>
        [.. chunks.Select(chunk => (ReadOnlyMemory<long>)chunk)];

    private static IReadOnlyList<ReadOnlyMemory<long>> Halves(long[] values) =>
        [values.AsMemory(0, values.Length / 2), values.AsMemory(values.Length / 2)];
}
