using System.Collections.Concurrent;
using CsCheck;
using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Journeys;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Funnels.Kernel;

public sealed class KernelTimesTests
{
    private const int Cases = 4_000;

    public static TheoryData<KernelWidth> Widths => OrderedKernelTests.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void The_times_of_every_attempt_are_those_of_the_reference(KernelWidth width) =>
        KernelCase.Cases.Sample(
            @case =>
            {
                var expected = @case.Expected();
                var input = @case.Input(out var order);
                var seen = new ConcurrentDictionary<int, string>();
                OrderedKernel.Visit(
                    [input],
                    @case.Plan,
                    _ => new Visitor((place, steps) => Assert.True(seen.TryAdd(order[place], steps))),
                    @case.Reference,
                    new KernelOptions { Width = width, Degree = 1 }
                );
                for (var user = 0; user < expected.Length; user++)
                {
                    Assert.Equal(string.Join(' ', expected[user]), seen.GetValueOrDefault(user, ""));
                }
            },
            iter: Cases
        );

    [Theory, MemberData(nameof(Widths))]
    public void Mean_median_and_p90_are_those_of_the_sorted_times(KernelWidth width) =>
        KernelCase.Cases.Sample(
            @case =>
            {
                var expected = @case.Expected();
                var options = new KernelOptions
                {
                    Width = width,
                    Degree = 2,
                    SlotsAtATime = 100,
                };
                var all = OrderedKernel.CountWithTimes([@case.Input(out _)], @case.Plan, 1, @case.Reference, options);
                var some = OrderedKernel.CountWithTimes(
                    [@case.Input(out _)],
                    @case.Plan,
                    KernelCase.SegmentCount,
                    @case.Reference,
                    options
                );
                for (var step = 2; step <= @case.Rules.Steps; step++)
                {
                    Same(expected, step, all.Of(0, step));
                    Assert.Equal(all.Of(0, step).Count, all.Counts.Reached(0, step));
                    for (var segment = 0; segment < KernelCase.SegmentCount; segment++)
                    {
                        Same(
                            expected.Where((_, user) => @case.Segments[user] == segment),
                            step,
                            some.Of(segment, step)
                        );
                        Assert.Equal(some.Of(segment, step).Count, some.Counts.Reached(segment, step));
                    }
                }
            },
            iter: 1_500
        );

    [Theory, MemberData(nameof(Widths))]
    public void A_window_that_does_not_fit_with_the_times_is_done_all_the_same(KernelWidth width)
    {
        // 3,000 million milliseconds and an unbounded window do not fit 32 bits together.
        var builder = new JourneyShardBuilder();
        builder.TryAdd([0, 1_000, 3_000_000_001_000, 3_000_000_002_000], [1, 2, 1, 2]);
        builder.TryAdd([0, 3_000_000_000_000], [1, 2]);
        var masks = new byte[256];
        (masks[1], masks[2]) = (1, 2);

        var times = OrderedKernel.CountWithTimes(
            [new(builder.Build(out _))],
            new KernelPlan(2, masks),
            options: new KernelOptions { Width = width }
        );

        Assert.Equal(new DurationSummary(2, 1_500_000_000_500, 1_500_000_000_500, 2_700_000_000_100), times.Of(0, 2));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_user()
    {
        var (few, many) = (Allocated(users: 2_000), Allocated(users: 20_000));

        Assert.InRange(many - few, 0, 4_000);
    }

    private static long Allocated(int users)
    {
        var builder = new JourneyShardBuilder();
        for (var user = 0; user < users; user++)
        {
            builder.TryAdd([1, 5 + (user % 7), 30], [1, 2, 1]);
        }

        var shard = builder.Build(out _);
        var masks = new byte[256];
        (masks[1], masks[2]) = (1, 2);
        KernelInput[] inputs = [new(shard)];
        var options = new KernelOptions { Degree = 1, SlotsAtATime = int.MaxValue };
        var plan = new KernelPlan(2, masks);
        OrderedKernel.CountWithTimes(inputs, plan, options: options);
        var before = GC.GetAllocatedBytesForCurrentThread();
        OrderedKernel.CountWithTimes(inputs, plan, options: options);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Same(IEnumerable<IReadOnlyList<long>> attempts, int step, DurationSummary actual)
    {
        var sorted = attempts
            .Where(times => times.Count >= step)
            .Select(times => times[step - 1] - times[step - 2])
            .Order()
            .ToList();
        Assert.Equal(sorted.Count, actual.Count);
        if (sorted.Count == 0)
        {
            Assert.Equal(DurationSummary.None, actual);
            return;
        }

        Close(sorted.Average(micros => (decimal)micros), actual.MeanMicros);
        Close(Quantile(sorted, 0.5m), actual.MedianMicros);
        Close(Quantile(sorted, 0.9m), actual.P90Micros);
    }

    private static decimal Quantile(List<long> sorted, decimal share)
    {
        var at = (sorted.Count - 1) * share;
        var (below, above) = (sorted[(int)decimal.Floor(at)], sorted[(int)decimal.Ceiling(at)]);
        return below + ((above - below) * (at - decimal.Floor(at)));
    }

    private static void Close(decimal expected, double actual) =>
        Assert.InRange(actual, (double)expected - Slack(expected), (double)expected + Slack(expected));

    private static double Slack(decimal expected) => 1e-12 * (double)Math.Max(1, expected);

    private sealed class Visitor(Action<int, string> see) : IAttemptVisitor
    {
        public void Visit(KernelInput input, int place, ReadOnlySpan<long> steps) =>
            see(place, string.Join(' ', steps.ToArray()));
    }
}
