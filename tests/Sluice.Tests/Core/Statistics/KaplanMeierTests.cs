using System.Globalization;
using CsCheck;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

public sealed class KaplanMeierTests
{
    // Weeks of remission of the 21 patients with 6-mercaptopurine of Freireich et al. (1963); + is censored.
    private const string Remission = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";

    private static readonly Gen<(long Duration, bool Censored)[]> Units = Gen.Select(Gen.Long[0, 12], Gen.Bool).Array[
        1,
        30
    ];

    // The example of R's MASS, survfit(Surv(time, cens) ~ treat, data = gehan, conf.type = "log-log"); the survival alone
    // is in every textbook.
    [Theory]
    [InlineData(5, 1, null, null)]
    [InlineData(6, 0.8571, 0.620, 0.952)]
    [InlineData(9, 0.8067, 0.563, 0.923)]
    [InlineData(10, 0.7529, 0.503, 0.889)]
    [InlineData(13, 0.6902, 0.432, 0.849)]
    [InlineData(16, 0.6275, 0.368, 0.805)]
    [InlineData(22, 0.5378, 0.268, 0.747)]
    [InlineData(23, 0.4482, 0.188, 0.680)]
    [InlineData(35, 0.4482, 0.188, 0.680)]
    public void It_has_the_published_values(long horizon, double survival, double? low, double? high)
    {
        var estimate = Estimate(Remission, horizon)!;

        Assert.Equal(survival, 1 - estimate.Conversion, 4);
        if (low is not null && high is not null)
        {
            Assert.Equal(low.Value, 1 - estimate.Interval.High, 3);
            Assert.Equal(high.Value, 1 - estimate.Interval.Low, 3);
        }
    }

    [Fact]
    public void It_says_how_many_converted_and_how_many_were_lost_before()
    {
        var estimate = Estimate(Remission, 10)!;

        Assert.Equal((5, 2), (estimate.Events, estimate.Censored));
    }

    [Fact]
    public void Units_watched_to_the_horizon_need_no_place_among_the_others() =>
        Gen.Select(Units, Gen.Long[1, 12], Gen.Int[0, 5])
            .Sample(
                (units, horizon, through) =>
                {
                    var all = units
                        .Concat(Enumerable.Range(0, through).Select(i => (Duration: horizon + (i % 2), Censored: true)))
                        .ToArray();
                    Assert.Equal(
                        KaplanMeier.Of(
                            [.. all.Select(unit => unit.Duration)],
                            [.. all.Select(unit => unit.Censored)],
                            horizon
                        ),
                        KaplanMeier.Of(
                            [.. units.Select(unit => unit.Duration)],
                            [.. units.Select(unit => unit.Censored)],
                            horizon,
                            through
                        )
                    );
                },
                iter: 2_000
            );

    [Fact]
    public void Beyond_the_last_unit_nothing_is_known() => Assert.Null(Estimate(Remission, 36));

    [Fact]
    public void Without_units_nothing_is_known() => Assert.Null(Estimate("", 0));

    [Theory]
    [InlineData("5 5+", 0.5)]
    [InlineData("5+ 5", 0.5)]
    public void Of_equal_times_events_come_first(string units, double conversion) =>
        Assert.Equal(conversion, Estimate(units, 5)!.Conversion);

    [Fact]
    public void Without_events_the_interval_is_wilsons_of_the_units_watched_to_the_horizon()
    {
        var estimate = Estimate("1+ 10+ 10+ 12+ 12", 10)!;

        Assert.Equal(0, estimate.Conversion);
        Assert.Equal(WilsonInterval.Of(0, 4), estimate.Interval);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void With_nothing_but_events_the_interval_is_wilsons_of_the_events(long horizon)
    {
        var estimate = Estimate("1+ 2 3 3", horizon)!;

        Assert.Equal(1, estimate.Conversion);
        Assert.Equal(WilsonInterval.Of(3, 3), estimate.Interval);
    }

    [Fact]
    public void Without_censoring_it_is_the_share_of_the_units() =>
        Gen.Select(Gen.Long[0, 12].Array[1, 30], Gen.Long[0, 12])
            .Sample(
                (durations, horizon) =>
                    durations.Max() < horizon
                    || Math.Abs(
                        KaplanMeier.Of([.. durations], new bool[durations.Length], horizon)!.Conversion
                            - (durations.Count(duration => duration <= horizon) / (double)durations.Length)
                    ) < 1e-12
            );

    [Fact]
    public void The_interval_holds_the_estimate_and_lies_inside_0_to_1() =>
        Gen.Select(Units, Gen.Long[0, 12])
            .Sample(
                (units, horizon) =>
                    Estimate(units, horizon) is not { } estimate
                    || (
                        estimate.Interval.Low >= 0
                        && estimate.Interval.Low <= estimate.Conversion
                        && estimate.Conversion <= estimate.Interval.High
                        && estimate.Interval.High <= 1
                    )
            );

    [Fact]
    public void The_same_units_many_times_narrow_the_interval() =>
        Gen.Select(Units, Gen.Long[0, 12], Gen.Int[2, 5])
            .Sample(
                (units, horizon, times) =>
                    Estimate(units, horizon) is not { Interval: var few }
                    || (
                        Estimate([.. Enumerable.Repeat(units, times).SelectMany(unit => unit)], horizon)
                            is { Interval: var many }
                        && many.High - many.Low < few.High - few.Low
                    )
            );

    [Fact]
    public void A_later_horizon_never_lowers_the_conversion() =>
        Gen.Select(Units, Gen.Long[0, 11])
            .Sample(
                (units, horizon) =>
                    Estimate(units, horizon + 1) is not { } later
                    || later.Conversion >= Estimate(units, horizon)!.Conversion
            );

    [Fact]
    public void Units_keep_their_flag_when_they_are_sorted()
    {
        long[] durations = [3, 1, 2];
        bool[] censored = [true, false, false];

        KaplanMeier.Of(durations, censored, 3);

        Assert.Equal([1, 2, 3], durations);
        Assert.Equal([false, false, true], censored);
    }

    [Fact]
    public void Spans_that_do_not_fit_or_are_not_sorted_are_refused()
    {
        Assert.Throws<ArgumentException>(() => KaplanMeier.Of(new long[2], new bool[1], 1));
        Assert.Throws<ArgumentException>(() => KaplanMeier.OfSorted([2, 1], [true, true], 2));
    }

    private static KaplanMeierEstimate? Estimate(string units, long horizon) =>
        Estimate(
            [
                .. units
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(unit => (long.Parse(unit.TrimEnd('+'), CultureInfo.InvariantCulture), unit.EndsWith('+'))),
            ],
            horizon
        );

    private static KaplanMeierEstimate? Estimate((long Duration, bool Censored)[] units, long horizon) =>
        KaplanMeier.Of(
            units.Select(unit => unit.Duration).ToArray(),
            units.Select(unit => unit.Censored).ToArray(),
            horizon
        );
}
