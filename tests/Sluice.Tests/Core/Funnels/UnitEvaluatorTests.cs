using CsCheck;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

public sealed class UnitEvaluatorTests
{
    private const int Cases = 40_000;

    [Fact]
    public void It_counts_what_the_reference_evaluator_counts() =>
        RandomUnit.WithEverything.Sample(
            unit => Print(new UnitEvaluator(unit.Rules).Evaluate(unit.Events)) == Print(unit.Evaluate()),
            iter: Cases
        );

    [Fact]
    public void A_unit_leaves_no_trace_in_the_next() =>
        RandomUnit
            .WithEverything.Array[2]
            .Sample(
                units =>
                {
                    var second = units[1] with { Rules = units[0].Rules };
                    if (second.Events.Any(item => item.Kind.Steps.Any(step => step >= second.Rules.Steps)))
                    {
                        return true;
                    }

                    var evaluator = new UnitEvaluator(second.Rules);
                    evaluator.Evaluate(units[0].Events);
                    return Print(evaluator.Evaluate(second.Events)) == Print(second.Evaluate());
                },
                iter: Cases
            );

    // As a trend asks: the unit is loaded once, and counted for each period of entries.
    [Fact]
    public void Ranges_of_a_loaded_unit_are_counted_as_if_each_were_the_funnels_own()
    {
        var loaded = 0;
        Gen.Select(RandomUnit.WithEverything, Gen.Long[0, 9].Array[2].Array[3])
            .Sample(
                (unit, ranges) =>
                {
                    var rules = unit.Rules with { SeenToMicros = unit.Rules.SeenToMicros ?? unit.Rules.ToMicros };
                    var evaluator = new UnitEvaluator(rules);
                    if (!evaluator.TryLoad(unit.Events))
                    {
                        return true;
                    }

                    loaded++;
                    return ranges.All(range =>
                    {
                        var own = rules with { FromMicros = range[0], ToMicros = range[1] };
                        return Print(evaluator.EvaluateEntries(range[0], range[1]))
                            == Print(FunnelEvaluator.Evaluate(unit.Events, own));
                    });
                },
                iter: Cases,
                threads: 1
            );

        Assert.InRange(loaded, Cases / 4, Cases);
    }

    [Theory]
    [InlineData(FunnelOrder.Ordered)]
    [InlineData(FunnelOrder.Strict)]
    [InlineData(FunnelOrder.Unordered)]
    public void A_million_events_of_one_unit_are_counted(FunnelOrder order)
    {
        var kinds = new[]
        {
            new EventKind([0], []),
            new EventKind([1], []),
            new EventKind([0, 1], []),
            EventKind.Other,
        };
        var random = new Random(7);
        FunnelEvent[] events =
        [
            .. Enumerable
                .Range(0, 1_000_000)
                .Select(i => new FunnelEvent(i / 3, kinds[random.Next(i < 999_999 ? 4 : 1)])),
        ];
        var rules = new FunnelRules(3) { Order = order, WindowMicros = 500_000 };

        Assert.Equal(2, new UnitEvaluator(rules).Evaluate(events).Attempts.Single().Depth);
    }

    [Fact]
    public void A_million_events_at_one_instant_are_counted()
    {
        FunnelEvent[] events = [.. Enumerable.Repeat(new FunnelEvent(5, new EventKind([0, 1, 2], [])), 1_000_000)];

        Assert.Equal(
            3,
            new UnitEvaluator(new FunnelRules(3) { WindowMicros = 1 }).Evaluate(events).Attempts.Single().Depth
        );
    }

    [Theory]
    [InlineData(FunnelOrder.Ordered)]
    [InlineData(FunnelOrder.Strict)]
    [InlineData(FunnelOrder.Unordered)]
    public void A_million_events_at_one_instant_make_half_a_million_attempts(FunnelOrder order)
    {
        var kinds = new[] { new EventKind([0], []), new EventKind([1], []) };
        FunnelEvent[] events = [.. Enumerable.Range(0, 1_000_000).Select(i => new FunnelEvent(5, kinds[i % 2]))];
        var rules = new FunnelRules(2)
        {
            Order = order,
            Entry = FunnelEntry.Every,
            WindowMicros = 1,
        };

        Assert.Equal(500_000, new UnitEvaluator(rules).Evaluate(events).Attempts.Count);
    }

    [Fact]
    public void Nothing_is_allocated_per_unit()
    {
        var evaluator = new UnitEvaluator(new FunnelRules(2) { WindowMicros = 10, Exclusions = [new(0, 1)] });
        FunnelEvent[] events =
        [
            new(1, new EventKind([0], [])),
            new(1, new EventKind([1], [])),
            new(3, new EventKind([], [0])),
            new(5, new EventKind([1], [])),
        ];
        evaluator.Evaluate(events);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var unit = 0; unit < 1_000; unit++)
        {
            evaluator.Evaluate(events);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Print(UnitOutcome outcome) => $"{Print(outcome.Attempts)}; {Print(outcome.Excluded)}";

    private static string Print(IReadOnlyList<Attempt> attempts) =>
        string.Join(
            " | ",
            attempts.Select(attempt =>
                string.Join(
                    ' ',
                    Enumerable
                        .Range(0, attempt.Steps)
                        .Select(step => attempt.Took(step) ? $"{attempt.MicrosOf(step)}" : "-")
                )
            )
        );
}
