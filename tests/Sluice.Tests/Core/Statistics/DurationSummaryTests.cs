using CsCheck;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

public sealed class DurationSummaryTests
{
    private const long Exact = 1L << 53;

    // (n − 1)q by hand: of 10 20 30 40, nine tenths are at place 2.7.
    [Theory]
    [InlineData("10 20 30 40", 25, 25, 37)]
    [InlineData("30 10 20", 20, 20, 28)]
    [InlineData("40 0", 20, 20, 36)]
    [InlineData("7", 7, 7, 7)]
    [InlineData("5 5 5 5 5", 5, 5, 5)]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11", 6, 6, 10)]
    public void Quantiles_interpolate_as_numpy_does(string values, double mean, double median, double p90)
    {
        var durations = values.Split(' ').Select(long.Parse).ToArray();

        Assert.Equal(new(durations.Length, mean, median, p90), Of(durations));
    }

    [Fact]
    public void Large_values_are_exact()
    {
        var (count, mean, median, p90) = Of([Exact - 3], [Exact - 1]);

        Assert.Equal((2, Exact - 2, Exact - 2), (count, mean, median));
        Assert.InRange(p90, Exact - 2, Exact - 1);
        Assert.Equal(Exact - 1, Of([.. Enumerable.Repeat(Exact - 1, 1_000)]).MeanMicros);
    }

    [Fact]
    public void Without_durations_there_is_none()
    {
        Assert.Equal(DurationSummary.None, Of());
        Assert.Equal(DurationSummary.None, Of([], []));
    }

    [Fact]
    public void A_unit_scales_all_of_it() =>
        Assert.Equal(
            new(4, 25_000, 25_000, 37_000),
            DurationSummary.Of<uint>([new uint[] { 40, 10 }, new uint[] { 30, 20 }], 1_000)
        );

    [Fact]
    public void Median_and_p90_rise_between_the_values() =>
        Gen.Long[0, 1L << 58]
            .Array[1, 20]
            .Sample(values =>
            {
                var (_, _, median, p90) = Of(values);
                return values.Min() <= median && median <= p90 && p90 <= values.Max();
            });

    private static DurationSummary Of(params long[][] chunks) =>
        DurationSummary.Of<long>([.. chunks.Select(chunk => (ReadOnlyMemory<long>)chunk)], 1);
}
