using CsCheck;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

public sealed class WilsonIntervalTests
{
    private static readonly Gen<(long Successes, long Trials)> Sample = Gen.Select(
        Gen.OneOf(Gen.Long[1, 50], Gen.Long[1, 1_000_000_000_000]),
        Gen.Double[0, 1],
        (trials, rate) => ((long)(trials * rate), trials)
    );

    // Table I of Newcombe (1998), method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void It_has_the_published_values(long successes, long trials, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, trials)!.Value;

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    // Python: statistics.NormalDist and the formula of the books, 15 digits.
    [Theory]
    [InlineData(0.95, 0.2552885198782743, 0.3662095769828001)]
    [InlineData(0.99, 0.24013690268760773, 0.38528250231822986)]
    public void The_confidence_decides_the_width(double confidence, double low, double high)
    {
        var interval = WilsonInterval.Of(81, 263, confidence)!.Value;

        Assert.Equal(low, interval.Low, 1e-14);
        Assert.Equal(high, interval.High, 1e-14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(29)]
    [InlineData(long.MaxValue)]
    public void None_and_all_have_an_exact_end(long trials)
    {
        Assert.Equal(0, WilsonInterval.Of(0, trials)!.Value.Low);
        Assert.Equal(1, WilsonInterval.Of(trials, trials)!.Value.High);
    }

    [Fact]
    public void Without_trials_there_is_none() => Assert.Null(WilsonInterval.Of(0, 0));

    // Python: the smaller root in decimal arithmetic of 50 digits.
    [Fact]
    public void One_of_many_keeps_its_digits() =>
        Assert.Equal(1, WilsonInterval.Of(1, 1_000_000_000_000)!.Value.Low / 1.7652455493517473e-13, 1e-12);

    [Fact]
    public void It_lies_inside_0_to_1_and_holds_the_rate() =>
        Sample.Sample(sample =>
        {
            var (low, high) = WilsonInterval.Of(sample.Successes, sample.Trials)!.Value;
            var rate = (double)sample.Successes / sample.Trials;
            return low >= 0 && low <= rate && rate <= high && high <= 1;
        });

    [Fact]
    public void Failures_have_the_mirrored_interval() =>
        Sample.Sample(sample =>
        {
            var interval = WilsonInterval.Of(sample.Successes, sample.Trials)!.Value;
            var (low, high) = WilsonInterval.Of(sample.Trials - sample.Successes, sample.Trials)!.Value;
            return Math.Abs(interval.Low - (1 - high)) < 1e-12 && Math.Abs(interval.High - (1 - low)) < 1e-12;
        });

    [Fact]
    public void More_trials_of_the_same_rate_narrow_it() =>
        Gen.Select(Sample, Gen.Long[2, 1000])
            .Sample(
                (sample, times) =>
                    Width(WilsonInterval.Of(sample.Successes * times, sample.Trials * times))
                    < Width(WilsonInterval.Of(sample.Successes, sample.Trials))
            );

    [Theory]
    [InlineData(-1, 1, 0.95)]
    [InlineData(2, 1, 0.95)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, double.NaN)]
    public void What_is_no_sample_or_no_confidence_is_refused(long successes, long trials, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(successes, trials, confidence));

    private static double Width(Interval? interval) => interval!.Value.High - interval.Value.Low;
}
