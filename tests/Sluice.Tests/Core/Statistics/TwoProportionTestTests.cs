using CsCheck;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

public sealed class TwoProportionTestTests
{
    private static readonly Gen<(long Successes, long Trials)> Sample = Gen.Select(
        Gen.OneOf(Gen.Long[1, 50], Gen.Long[1, 1_000_000_000]),
        Gen.Double[0, 1],
        (trials, rate) => ((long)(trials * rate), trials)
    );

    // Table II of Newcombe (1998), method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void The_interval_has_the_published_values(long s1, long n1, long s2, long n2, double low, double high)
    {
        var interval = TwoProportionTest.Of(s1, n1, s2, n2)!.Value.DifferenceInterval;

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    // Python: math.erfc(abs(z) / sqrt(2)), z with the pooled variance.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.2, 0.008045081368196568)]
    [InlineData(15, 100, 30, 100, -0.15, 0.011085166380602722)]
    [InlineData(120, 1000, 100, 1000, 0.02, 0.1529177818639462)]
    [InlineData(4521, 50_000, 45_000, 480_000, -0.00333, 0.01490173392605519)]
    [InlineData(10, 10, 0, 20, 1, 4.320463057827523e-08)]
    public void The_test_has_values_computed_elsewhere(
        long s1,
        long n1,
        long s2,
        long n2,
        double difference,
        double pValue
    )
    {
        var test = TwoProportionTest.Of(s1, n1, s2, n2)!.Value;

        Assert.Equal(difference, test.Difference, 1e-14);
        Assert.Equal(1, test.PValue / pValue, 1e-9);
    }

    [Theory]
    [InlineData(0, 10, 0, 20)]
    [InlineData(10, 10, 20, 20)]
    [InlineData(1, 3, 2, 6)]
    public void Equal_rates_do_not_differ(long s1, long n1, long s2, long n2)
    {
        var test = TwoProportionTest.Of(s1, n1, s2, n2)!.Value;

        Assert.Equal((0, 1), (test.Difference, test.PValue));
    }

    [Theory]
    [InlineData(0, 0, 1, 2)]
    [InlineData(1, 2, 0, 0)]
    [InlineData(0, 0, 0, 0)]
    public void An_empty_side_is_not_tested(long s1, long n1, long s2, long n2) =>
        Assert.Null(TwoProportionTest.Of(s1, n1, s2, n2));

    [Fact]
    public void The_largest_counts_give_numbers()
    {
        var test = TwoProportionTest.Of(long.MaxValue, long.MaxValue, long.MaxValue - 1, long.MaxValue)!.Value;

        Assert.InRange(test.PValue, 0, 1);
        Assert.InRange(test.DifferenceInterval.Low, -1, test.DifferenceInterval.High);
    }

    [Fact]
    public void The_interval_holds_the_difference_and_lies_inside_minus_1_to_1() =>
        Gen.Select(Sample, Sample)
            .Sample(
                (a, b) =>
                {
                    var (difference, pValue, (low, high)) = Test(a, b);
                    return pValue is >= 0 and <= 1 && low >= -1 && low <= difference && difference <= high && high <= 1;
                }
            );

    [Fact]
    public void Exchanging_the_sides_changes_the_sign() =>
        Gen.Select(Sample, Sample)
            .Sample(
                (a, b) =>
                {
                    var (there, back) = (Test(a, b), Test(b, a));
                    return there.Difference == -back.Difference
                        && Math.Abs(there.PValue - back.PValue) < 1e-12
                        && Math.Abs(there.DifferenceInterval.Low + back.DifferenceInterval.High) < 1e-12;
                }
            );

    private static TwoProportionTest Test((long Successes, long Trials) a, (long Successes, long Trials) b) =>
        TwoProportionTest.Of(a.Successes, a.Trials, b.Successes, b.Trials)!.Value;
}
