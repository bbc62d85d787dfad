using CsCheck;
using Sluice.Core.Extraction.Throttling;

namespace Sluice.Tests.Core.Extraction.Throttling;

public sealed class TokenBucketTests
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(50);

    // Pages one after another: what each costs and how long the reader does something else before it.
    private static readonly Gen<(double Rate, (int Cost, int Ms)[] Pages)> Runs = Gen.Select(
        Gen.Double[0.5, 1_000_000],
        Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, 400]).Array[1, 60]
    );

    [Fact]
    public void Over_any_span_no_more_is_taken_than_the_rate_and_a_burst_allow() =>
        Runs.Sample(run =>
        {
            var bucket = new TokenBucket(run.Rate, Burst, TimeSpan.Zero);
            var taken = Take(bucket, run.Pages);
            var costliest = taken.Max(page => page.Cost);

            for (var first = 0; first < taken.Count; first++)
            {
                var sum = 0.0;
                for (var last = first; last < taken.Count; last++)
                {
                    sum += taken[last].Cost;
                    var allowed =
                        (run.Rate * (taken[last].At - taken[first].At).TotalSeconds)
                        + bucket.Burst
                        + Math.Max(0, costliest - bucket.Burst);
                    Assert.True(sum <= allowed + (1e-6 * (1 + allowed)), $"{sum} taken, {allowed} allowed");
                }
            }
        });

    [Fact]
    public void Nobody_waits_longer_than_what_was_taken_is_worth() =>
        Runs.Sample(run =>
        {
            var taken = Take(new(run.Rate, Burst, TimeSpan.Zero), run.Pages);

            var worth = taken.Sum(page => (double)page.Cost) / run.Rate;
            var waited = taken.Sum(page => page.Waited.TotalSeconds);
            Assert.True(waited <= worth + (taken.Count * 1e-6), $"{waited} s waited, {worth} s taken");
        });

    [Fact]
    public void A_page_that_cost_more_than_expected_is_paid_by_the_next()
    {
        var bucket = new TokenBucket(1000, Burst, TimeSpan.Zero);
        bucket.Take(50, TimeSpan.Zero);
        bucket.Take(450, TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromMilliseconds(460), bucket.Until(10, TimeSpan.Zero));
    }

    [Fact]
    public void A_page_that_did_not_come_is_given_back()
    {
        var bucket = new TokenBucket(1000, Burst, TimeSpan.Zero);
        bucket.Take(50, TimeSpan.Zero);
        bucket.Take(-50, TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, bucket.Until(50, TimeSpan.Zero));
    }

    [Fact]
    public void A_new_rate_holds_from_now_on()
    {
        var bucket = new TokenBucket(1000, Burst, TimeSpan.Zero);
        bucket.Take(1050, TimeSpan.Zero);
        bucket.SetRate(100, TimeSpan.FromSeconds(0.5));

        Assert.Equal(TimeSpan.FromSeconds(5), bucket.Until(0, TimeSpan.FromSeconds(0.5)));
    }

    private static List<(TimeSpan At, int Cost, TimeSpan Waited)> Take(TokenBucket bucket, (int Cost, int Ms)[] pages)
    {
        var now = TimeSpan.Zero;
        var taken = new List<(TimeSpan, int, TimeSpan)>();
        foreach (var (cost, ms) in pages)
        {
            now += TimeSpan.FromMilliseconds(ms);
            var began = now;
            while (bucket.Until(cost, now) is { Ticks: > 0 } wait)
            {
                now += wait;
            }

            bucket.Take(cost, now);
            taken.Add((now, cost, now - began));
        }

        return taken;
    }
}
