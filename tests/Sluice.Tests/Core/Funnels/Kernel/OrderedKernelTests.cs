using CsCheck;
using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Journeys;

namespace Sluice.Tests.Core.Funnels.Kernel;

public sealed class OrderedKernelTests
{
    private const int Cases = 5_500;

    public static TheoryData<KernelWidth> Widths =>
        [.. Enum.GetValues<KernelWidth>().Where(width => width > KernelWidth.Widest && width <= SweepChoice.Widest)];

    [Theory, MemberData(nameof(Widths))]
    public void Counts_are_those_of_the_reference_in_all_and_per_segment(KernelWidth width) =>
        KernelCase.Cases.Sample(
            @case =>
            {
                var expected = @case.Expected();
                var all = Count(@case, width, segments: 1);
                var counts = Count(@case, width, KernelCase.SegmentCount);
                for (var step = 1; step <= @case.Rules.Steps; step++)
                {
                    Assert.Equal(expected.Count(times => times.Count >= step), all.Reached(0, step));
                    for (var segment = 0; segment < KernelCase.SegmentCount; segment++)
                    {
                        Assert.Equal(
                            expected
                                .Where((times, user) => @case.Segments[user] == segment && times.Count >= step)
                                .Count(),
                            counts.Reached(segment, step)
                        );
                    }
                }
            },
            iter: Cases
        );

    [Fact]
    public void Superseded_users_are_not_counted() =>
        Gen.Select(KernelCase.Cases, Gen.Int)
            .Sample(
                (@case, seed) =>
                {
                    var random = new Random(seed);
                    var input = @case.Input(out var order);
                    var superseded = new ushort[input.Shard.Blocks];
                    random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(superseded.AsSpan()));
                    var expected = @case.Expected();
                    var counts = OrderedKernel.Count(
                        [input with { Superseded = superseded }],
                        @case.Plan,
                        exact: @case.Reference
                    );
                    Assert.Equal(
                        order
                            .Where((_, place) => ((superseded[place / 16] >> (place % 16)) & 1) == 0)
                            .Count(user => expected[user].Count > 0),
                        counts.Reached(0, 1)
                    );
                },
                iter: 1_000
            );

    [Theory, MemberData(nameof(Widths))]
    public void Every_number_of_users_and_of_events_comes_out_right(KernelWidth width)
    {
        var plan = TwoSteps();
        for (var users = 0; users <= 67; users++)
        {
            for (var events = 0; events <= 67; events++)
            {
                var builder = new JourneyShardBuilder();
                for (var user = 0; user < users; user++)
                {
                    // Every user has step 1 first and step 2 last, and all after him one event more than the first.
                    var length = events + (user % 2);
                    var codes = Enumerable.Repeat((byte)3, length).ToArray();
                    codes.AsSpan(0, Math.Min(1, length)).Fill(1);
                    codes.AsSpan(Math.Max(0, length - 1)).Fill(length > 1 ? (byte)2 : (byte)1);
                    builder.TryAdd([.. Enumerable.Range(0, length)], codes);
                }

                var counts = OrderedKernel.Count(
                    [new KernelInput(builder.Build(out _))],
                    plan,
                    options: new KernelOptions { Width = width, SlotsAtATime = 64 }
                );
                var (even, odd) = ((users + 1) / 2, users / 2);
                Assert.Equal((events > 0 ? even : 0) + odd, counts.Reached(0, 1));
                Assert.Equal((events > 1 ? even : 0) + (events > 0 ? odd : 0), counts.Reached(0, 2));
            }
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void A_block_longer_than_what_is_looked_up_ahead_comes_out_right(KernelWidth width)
    {
        var builder = new JourneyShardBuilder();
        for (var user = 0; user < 19; user++)
        {
            var codes = Enumerable.Repeat((byte)7, 3_000 + user).ToArray();
            (codes[0], codes[^1]) = (1, 2);
            builder.TryAdd([.. Enumerable.Range(0, codes.Length)], codes);
        }

        var counts = OrderedKernel.Count(
            [new KernelInput(builder.Build(out _))],
            TwoSteps(),
            options: new KernelOptions { Width = width }
        );

        Assert.Equal((19, 19), (counts.Reached(0, 1), counts.Reached(0, 2)));
    }

    [Fact]
    public void Threads_and_shards_change_nothing() =>
        Gen.Select(KernelCase.Cases, KernelCase.Cases, Gen.Int[1, 4], Gen.Int[16, 400])
            .Sample(
                (first, second, degree, slots) =>
                {
                    second = second with
                    {
                        Funnel = first.Funnel,
                        Rules = first.Rules,
                        FirstEntryOnly = first.FirstEntryOnly,
                        Aside = first.Aside,
                    };
                    var counts = OrderedKernel.Count(
                        [first.Input(out _), second.Input(out _)],
                        first.Plan,
                        exact: first.Reference,
                        options: new KernelOptions { Degree = degree, SlotsAtATime = slots }
                    );
                    var expected = first.Expected().Concat(second.Expected()).ToList();
                    for (var step = 1; step <= first.Rules.Steps; step++)
                    {
                        Assert.Equal(expected.Count(times => times.Count >= step), counts.Reached(0, step));
                    }
                },
                iter: 1_000
            );

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(65_536)]
    public void Any_number_of_segments_is_counted(int segments)
    {
        var builder = new JourneyShardBuilder();
        for (var user = 0; user < 1_111; user++)
        {
            builder.TryAdd([1, 2], user % 3 == 0 ? [1, 2] : [1, 7]);
        }

        var shard = builder.Build(out var order);
        var codes = new ushort[shard.Blocks * JourneyShard.Lanes];
        for (var place = 0; place < order.Length; place++)
        {
            codes[place] = (ushort)(order[place] * 59 % segments);
        }

        var counts = OrderedKernel.Count([new(shard) { Segments = codes }], TwoSteps(), segments);

        for (var segment = 0; segment < segments; segment += Math.Max(1, segments / 500))
        {
            var users = Enumerable.Range(0, 1_111).Where(user => user * 59 % segments == segment).ToList();
            Assert.Equal(users.Count, counts.Reached(segment, 1));
            Assert.Equal(users.Count(user => user % 3 == 0), counts.Reached(segment, 2));
        }
    }

    [Fact]
    public void A_code_that_names_no_segment_is_refused()
    {
        var builder = new JourneyShardBuilder();
        builder.TryAdd([1], [1]);
        var codes = new ushort[JourneyShard.Lanes];
        codes[0] = 3;

        Assert.Throws<ArgumentException>(() =>
            OrderedKernel.Count(
                [new(builder.Build(out _)) { Segments = codes }],
                TwoSteps(),
                segments: 3,
                options: new KernelOptions { Degree = 1 }
            )
        );
    }

    [Fact]
    public void A_user_who_leaves_the_funnel_is_counted_nowhere()
    {
        var builder = new JourneyShardBuilder();
        builder.TryAdd([5, 5], [1, 2]);
        builder.TryAdd([5, 6], [1, 2]);

        var counts = OrderedKernel.Count([new(builder.Build(out _))], TwoSteps(), exact: new Excluding());

        Assert.Equal((1, 1, 1), (counts.Exact, counts.Excluded, counts.Reached(0, 1)));
    }

    [Fact]
    public void Without_an_exact_evaluator_nobody_is_judged_by_the_lanes_in_its_stead()
    {
        var builder = new JourneyShardBuilder();
        builder.TryAdd([5, 5], [1, 2]);

        Assert.Throws<InvalidOperationException>(() => OrderedKernel.Count([new(builder.Build(out _))], TwoSteps()));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_user()
    {
        var (few, many) = (Allocated(users: 2_000), Allocated(users: 40_000));

        Assert.InRange(many - few, 0, 2_000);
    }

    private static long Allocated(int users)
    {
        var builder = new JourneyShardBuilder();
        for (var user = 0; user < users; user++)
        {
            // One in four has a tie.
            builder.TryAdd([1, 2 - (user % 4 == 0 ? 1 : 0), 9], [1, 2, 1]);
        }

        var shard = builder.Build(out _);
        KernelInput[] inputs = [new(shard) { Segments = new ushort[shard.Blocks * JourneyShard.Lanes] }];
        var options = new KernelOptions { Degree = 1, SlotsAtATime = int.MaxValue };
        var plan = TwoSteps();
        OrderedKernel.Count(inputs, plan, 2, new Excluding(), options);
        var before = GC.GetAllocatedBytesForCurrentThread();
        OrderedKernel.Count(inputs, plan, 2, new Excluding(), options);
        OrderedKernel.Count(inputs, plan, 1, new Excluding(), options);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static KernelCounts Count(KernelCase @case, KernelWidth width, int segments) =>
        OrderedKernel.Count(
            [@case.Input(out _)],
            @case.Plan,
            segments,
            @case.Reference,
            new KernelOptions { Width = width, Degree = 1 }
        );

    private static KernelPlan TwoSteps()
    {
        var masks = new byte[256];
        (masks[1], masks[2]) = (1, 2);
        return new KernelPlan(2, masks);
    }

    private sealed class Excluding : IExactEvaluator
    {
        public int Evaluate(
            JourneyShard shard,
            int place,
            ReadOnlySpan<long> micros,
            ReadOnlySpan<byte> codes,
            Span<long> steps
        ) => -1;
    }
}
