using System.Globalization;
using CsCheck;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

/// <summary>The rules of <c>semantics: window_funnel</c>, an example each.</summary>
public sealed class WindowFunnelTests
{
    private const WindowFunnelModes None = WindowFunnelModes.None;
    private const WindowFunnelModes Deduplication = WindowFunnelModes.StrictDeduplication;
    private const WindowFunnelModes Order = WindowFunnelModes.StrictOrder;
    private const WindowFunnelModes Increase = WindowFunnelModes.StrictIncrease;
    private const WindowFunnelModes Once = WindowFunnelModes.StrictOnce;
    private const WindowFunnelModes Reentry = WindowFunnelModes.StrictOrder | WindowFunnelModes.AllowReentry;

    // The default

    [Theory]
    [InlineData("", 0)]
    [InlineData("b@0 c@1", 0)]
    [InlineData("a@0", 1)]
    [InlineData("a@0 c@1", 1)]
    [InlineData("b@0 a@1", 1)]
    [InlineData("a@0 b@1", 2)]
    [InlineData("a@0 b@1 c@2", 3)]
    [InlineData("a@0 x@1 b@2 x@3 c@4", 3)]
    [InlineData("c@2 a@0 b@1", 3)]
    public void The_level_is_the_number_of_steps_taken_in_order(string events, int level) => AssertLevel(level, events);

    [Theory]
    [InlineData("a@0 b@10", 2)]
    [InlineData("a@0 b@11", 1)]
    [InlineData("a@0 b@6 c@10", 3)]
    [InlineData("a@0 b@6 c@11", 2)]
    public void The_window_counts_from_the_first_step_and_its_end_is_inside(string events, int level) =>
        AssertLevel(level, events);

    [Theory]
    [InlineData("a@0 a@8 b@12", 2, 8)] // the window of the second a is the one that counts
    [InlineData("a@0 b@1 a@8 c@9", 3, 0)] // but the chain of the first a is still there
    [InlineData("a@0 b@1 a@8 b@9 c@12", 3, 8)]
    [InlineData("a@0 b@1 a@5", 2, 0)]
    [InlineData("a@0 b@1 a@5 b@6", 2, 5)]
    [InlineData("a@3 a@9", 1, 9)]
    [InlineData("a@0 b@1 c@2 a@5 b@6 c@7", 3, 0)] // the last step ends the pass
    public void A_later_first_step_begins_the_chain_anew(string events, int level, long entry) =>
        AssertLevel(level, events, entry: entry);

    [Theory]
    [InlineData("a@5 b@5 c@5")]
    [InlineData("c@5 b@5 a@5")]
    public void Within_an_instant_steps_count_in_their_order_whichever_comes_first(string events) =>
        AssertLevel(3, events);

    [Theory]
    [InlineData("a@0", "a a", 2)]
    [InlineData("x@0", "a|x b|x c|x", 3)]
    [InlineData("a@0 x@1", "a b|x c|x", 3)]
    [InlineData("x@0", "a|x b c|x", 1)]
    public void One_event_gives_every_step_that_it_matches(string events, string steps, int level) =>
        AssertLevel(level, events, steps);

    [Fact]
    public void More_than_32_steps_count()
    {
        var steps = Enumerable.Range(1, 70).Select(step => $"s{step}").ToList();
        foreach (var modes in new[] { None, Once })
        {
            AssertLevel(
                70,
                string.Join(' ', steps.Select((step, i) => $"{step}@{i}")),
                string.Join(' ', steps),
                modes,
                70
            );
        }
    }

    // strict_deduplication

    [Theory]
    [InlineData("a@0 b@1 b@2 c@3", 2)]
    [InlineData("a@0 b@1 c@2", 3)]
    [InlineData("a@0 a@1 b@2 c@3", 3)] // the first step may come again
    [InlineData("b@0 b@1 a@2 b@3 c@4", 3)] // before its turn a step is no repetition
    [InlineData("a@0 b@20 b@21 a@22 b@23 c@24", 3)] // nor is it outside the window
    [InlineData("a@0 b@1 a@20 b@21 c@22", 2)] // a step that is reached stays so
    [InlineData("a@0 b@1 b@1 c@1", 2)]
    public void Strict_deduplication_ends_at_a_repeated_step(string events, int level) =>
        AssertLevel(level, events, modes: Deduplication);

    [Theory]
    [InlineData("x@0 y@0 c@0")]
    [InlineData("y@0 x@0 c@0")]
    public void Under_strict_once_an_event_that_gave_the_step_before_repeats_none(string events) =>
        AssertLevel(3, events, "a|x b|x|y c", Deduplication | Once);

    [Fact]
    public void Under_strict_once_two_events_that_can_give_a_step_repeat_it() =>
        AssertLevel(2, "x@0 y@0 y@0 c@0", "a|x b|x|y c", Deduplication | Once);

    // strict_order

    [Theory]
    [InlineData("a@0 x@1 b@2", 1)]
    [InlineData("x@0 a@1 b@2", 2)]
    [InlineData("a@0 c@1 b@2", 1)]
    [InlineData("c@0 b@1 a@2 b@3", 2)] // before the first step nothing matters
    [InlineData("a@0 a@1 b@2 b@3 c@4 c@5", 3)]
    [InlineData("a@0 b@1 a@2 c@3", 3)]
    [InlineData("x@5 a@5 b@6", 2)] // no step comes before the steps of its instant
    [InlineData("a@5 x@5 b@6", 2)]
    [InlineData("a@0 b@5 x@5", 1)]
    [InlineData("a@0 c@5 b@5", 3)]
    [InlineData("a@0 b@20 c@21", 1)]
    public void Strict_order_ends_at_any_other_event_and_at_a_step_too_early(string events, int level) =>
        AssertLevel(level, events, modes: Order);

    [Theory]
    [InlineData("a@0 c@1 b@2", 2)]
    [InlineData("a@0 c@1 b@2 c@3", 3)]
    [InlineData("a@0 x@1 b@2", 1)]
    public void Allow_reentry_passes_over_a_step_too_early(string events, int level) =>
        AssertLevel(level, events, modes: Reentry);

    // strict_increase

    [Theory]
    [InlineData("a@0 b@0", 1)]
    [InlineData("a@0 b@1 c@1", 2)]
    [InlineData("a@0 b@1 c@2", 3)]
    [InlineData("a@0 a@5 b@5", 1)] // the a of the same instant hides the one before
    public void Strict_increase_wants_a_greater_time(string events, int level) =>
        AssertLevel(level, events, modes: Increase);

    [Fact]
    public void Strict_increase_gives_one_event_no_two_steps() => AssertLevel(1, "a@0", "a a", Increase);

    // strict_once

    [Theory]
    [InlineData("a@0", "a a", 1)]
    [InlineData("a@0 a@0", "a a", 2)]
    [InlineData("a@0 a@5", "a a", 2)]
    [InlineData("a@0 x@1", "a b|x c|x", 2)]
    [InlineData("a@0 x@1 x@2", "a b|x c|x", 3)]
    [InlineData("x@0 y@0", "a|x|y b|x", 2)]
    [InlineData("x@0 y@0 z@0", "a|x|y b|x c|y|z", 3)]
    [InlineData("a@0 a@5 b@5 b@12", "a b b", 3)]
    public void Strict_once_gives_one_event_one_step(string events, string steps, int level) =>
        AssertLevel(level, events, steps, Once);

    [Theory]
    [InlineData("a@0 a@5 b@5", 2, 0)]
    [InlineData("a@0 a@5 b@5 c@12", 2, 0)]
    [InlineData("a@0 a@5 b@6 c@12", 3, 5)]
    public void Under_strict_once_nothing_hides_an_event_before(string events, int level, long entry) =>
        AssertLevel(level, events, modes: Once | Increase, entry: entry);

    [Theory]
    [InlineData("a@0 b@1 a@8 b@9", 8)]
    [InlineData("a@0 a@1 b@2 c@3 a@4 b@5 c@6", 1)]
    public void Under_strict_once_the_entry_is_the_latest_of_the_chains_that_are_first(string events, long entry) =>
        AssertLevel(events.Contains('c', StringComparison.Ordinal) ? 3 : 2, events, modes: Once, entry: entry);

    [Fact]
    public void Strict_once_is_the_longest_of_all_chains_of_distinct_events()
    {
        const int Steps = 4;
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 15])
            .Array[0, 7]
            .Select(Gen.OneOf(Once, Once | Increase), Gen.OneOf(0L, 2L, 9L))
            .Sample(
                (unit, modes, window) =>
                {
                    var events = unit.Select(item => new FunnelEvent(item.Item1, Kind(item.Item2, Steps))).ToArray();

                    Assert.Equal(
                        LongestChain([], events, Steps, modes, window),
                        Evaluate(events, new(Steps) { Modes = modes, WindowMicros = window })?.Depth ?? 0
                    );
                },
                iter: 3_000
            );
    }

    [Theory]
    [InlineData(None)]
    [InlineData(Once)]
    [InlineData(Once | Deduplication)]
    public void Thousands_of_events_at_one_instant_and_at_many_are_no_burden(WindowFunnelModes modes)
    {
        var step = Kind(0b0111, 4);
        var events = Enumerable.Range(0, 10_000).Select(i => new FunnelEvent(i < 5_000 ? 0 : i, step)).ToArray();

        var attempt = Evaluate(events, new(4) { Modes = modes, WindowMicros = 20_000 });

        Assert.Equal(modes.HasFlag(Deduplication) ? 2 : 3, attempt!.Depth);
    }

    // The reporting range

    [Theory]
    [InlineData("a@9 b@12", 0)]
    [InlineData("a@10 b@12", 2)]
    [InlineData("a@20 b@21", 0)]
    [InlineData("a@19 b@21", 2)] // later steps may lie after it
    [InlineData("a@15 a@25 b@26", 1)] // the window is that of the last a inside
    public void Only_a_first_step_inside_the_range_begins(string events, int level) =>
        AssertLevel(level, events, from: 10, to: 20);

    [Fact]
    public void A_first_step_outside_the_range_is_no_other_event_under_strict_order() =>
        AssertLevel(2, "a@19 a@20 b@21", modes: Order, to: 20);

    [Fact]
    public void A_first_step_outside_the_range_still_gives_a_later_step() =>
        AssertLevel(2, "a@19 a@20", "a a", Once, to: 20);

    [Theory]
    [InlineData("a@18 b@19", 2)]
    [InlineData("a@18 b@20", 1)]
    [InlineData("a@18 x@20", 1)]
    public void Without_late_steps_nothing_after_the_range_exists(string events, int level) =>
        AssertLevel(level, events, modes: Order, to: 20, lateSteps: false);

    // What is known of the attempt

    [Fact]
    public void Only_the_first_step_has_an_event_and_a_time()
    {
        var attempt = Evaluate(Events("x@1 a@2 b@3 c@4", "a b c"), new(3) { WindowMicros = 10 })!;

        Assert.Equal([true, true, true], Enumerable.Range(0, 3).Select(attempt.Took));
        Assert.Equal([1, -1, -1], Enumerable.Range(0, 3).Select(attempt.EventOf));
        Assert.Equal([2, FunnelEvent.NoTime, FunnelEvent.NoTime], Enumerable.Range(0, 3).Select(attempt.MicrosOf));
    }

    [Fact]
    public void A_step_above_the_level_is_not_taken()
    {
        var attempt = Evaluate(Events("a@2 b@3", "a b c"), new(3) { WindowMicros = 10 })!;

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(attempt.Took));
        Assert.Equal(2, attempt.Entry);
    }

    private static void AssertLevel(
        int expected,
        string events,
        string steps = "a b c",
        WindowFunnelModes modes = None,
        long window = 10,
        long from = long.MinValue,
        long to = long.MaxValue,
        bool lateSteps = true,
        long? entry = null
    )
    {
        var rules = new FunnelRules(steps.Split(' ').Length)
        {
            Modes = modes,
            WindowMicros = window,
            FromMicros = from,
            ToMicros = to,
            LateSteps = lateSteps,
        };

        var attempt = Evaluate(Events(events, steps), rules);

        Assert.Equal(expected, attempt?.Depth ?? 0);
        Assert.Equal(entry ?? attempt?.Entry, attempt?.Entry);
    }

    private static Attempt? Evaluate(IReadOnlyList<FunnelEvent> events, FunnelRules rules)
    {
        var outcome = FunnelEvaluator.Evaluate(events, rules with { Semantics = FunnelSemantics.WindowFunnel });
        Assert.Empty(outcome.Excluded);
        foreach (var attempt in outcome.Attempts)
        {
            Assert.True(events[attempt.EventOf(0)].Kind.Takes(0));
            Assert.Equal(attempt.Entry, events[attempt.EventOf(0)].Micros);
        }

        return outcome.Attempts.SingleOrDefault();
    }

    private static IReadOnlyList<FunnelEvent> Events(string events, string steps) =>
        [
            .. events
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(item => item.Split('@'))
                .Select(item => new FunnelEvent(
                    long.Parse(item[1], CultureInfo.InvariantCulture),
                    new(
                        steps
                            .Split(' ')
                            .Select((names, step) => names.Split('|').Contains(item[0]) ? step : -1)
                            .Where(step => step >= 0),
                        []
                    )
                )),
        ];

    private static EventKind Kind(int matches, int steps) =>
        new(Enumerable.Range(0, steps).Where(step => ((matches >> step) & 1) == 1), []);

    /// <summary>The rule word by word: every chain is tried.</summary>
    private static int LongestChain(int[] chain, FunnelEvent[] events, int steps, WindowFunnelModes modes, long window)
    {
        var next = Enumerable
            .Range(0, events.Length)
            .Where(place => chain.Length < steps && events[place].Kind.Takes(chain.Length) && !chain.Contains(place))
            .Where(place => chain.Length == 0 || Follows(events[chain[^1]].Micros, events[place].Micros))
            .Where(place => chain.Length == 0 || events[place].Micros <= events[chain[0]].Micros + window);
        return next.Select(place => LongestChain([.. chain, place], events, steps, modes, window))
            .Append(chain.Length)
            .Max();

        bool Follows(long before, long after) => modes.HasFlag(Increase) ? before < after : before <= after;
    }
}
