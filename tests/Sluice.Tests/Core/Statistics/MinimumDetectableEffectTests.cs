using CsCheck;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

public sealed class MinimumDetectableEffectTests
{
    // R's documentation: power.prop.test(p1 = .50, p2 = .75, power = .90) asks for 76.7 in each group.
    [Fact]
    public void It_agrees_with_the_sample_size_of_power_prop_test()
    {
        Assert.True(MinimumDetectableEffect.Of(76, 76, 0.5, power: 0.9) > 0.25);
        Assert.True(MinimumDetectableEffect.Of(77, 77, 0.5, power: 0.9) <= 0.25);
    }

    // Python: the first of 200,000 even steps, in either direction, for which the formula holds.
    [Theory]
    [InlineData(1000, 9000, 0.1, 0.02679)]
    [InlineData(1000, 9000, 0.9, 0.02679)]
    [InlineData(50, 950, 0.02, 0.0792967)]
    [InlineData(200, 100_000, 0.3, 0.087921)]
    [InlineData(30, 30, 0, 0.22342)]
    public void It_has_values_computed_elsewhere(long n1, long n2, double rate2, double expected) =>
        Assert.Equal(expected, MinimumDetectableEffect.Of(n1, n2, rate2)!.Value, 1e-5);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(5, 5)]
    public void Groups_too_small_to_see_anything_have_none(long n1, long n2) =>
        Assert.Null(MinimumDetectableEffect.Of(n1, n2, 0.5));

    [Fact]
    public void More_units_see_a_smaller_difference() =>
        Gen.Select(Gen.Long[1, 100_000], Gen.Long[1, 100_000], Gen.Double[0, 1], Gen.Long[2, 10])
            .Sample(
                (n1, n2, rate, times) =>
                    MinimumDetectableEffect.Of(n1, n2, rate) is not { } few
                    || MinimumDetectableEffect.Of(n1 * times, n2 * times, rate) < few
            );

    [Fact]
    public void A_rate_and_its_complement_have_the_same() =>
        Gen.Select(Gen.Long[1, 100_000], Gen.Long[1, 100_000], Gen.Int[0, 1024])
            .Sample(
                (n1, n2, share) =>
                    MinimumDetectableEffect.Of(n1, n2, share / 1024.0) is var one
                    && MinimumDetectableEffect.Of(n1, n2, 1 - (share / 1024.0)) is var other
                    && (one is null ? other is null : Math.Abs(one.Value - other!.Value) < 1e-9)
            );

    [Theory]
    [InlineData(-1, 1, 0.5, 0.8, 0.05)]
    [InlineData(1, -1, 0.5, 0.8, 0.05)]
    [InlineData(1, 1, 1.5, 0.8, 0.05)]
    [InlineData(1, 1, double.NaN, 0.8, 0.05)]
    [InlineData(1, 1, 0.5, 1, 0.05)]
    [InlineData(1, 1, 0.5, 0.4, 0.05)]
    [InlineData(1, 1, 0.5, 0.8, 0)]
    public void What_is_out_of_bounds_is_refused(long n1, long n2, double rate2, double power, double alpha) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MinimumDetectableEffect.Of(n1, n2, rate2, power, alpha));
}
