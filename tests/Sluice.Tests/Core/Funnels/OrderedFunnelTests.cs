using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

public sealed class OrderedFunnelTests
{
    private const long Day = 86_400_000_000;

    [Fact]
    public void A_unit_without_the_first_step_is_not_in_the_funnel() => AssertFunnel("b@1 c@2", expected: null);

    [Fact]
    public void A_unit_without_events_is_not_in_the_funnel() => AssertFunnel("", expected: null);

    [Fact]
    public void Each_step_is_taken_at_its_own_time() => AssertFunnel("a@1 b@2 c@4", expected: [1, 2, 4]);

    [Fact]
    public void Other_events_may_lie_between() => AssertFunnel("a@1 x@2 b@3 x@4 c@5", expected: [1, 3, 5]);

    [Fact]
    public void A_step_before_its_predecessor_does_not_count() => AssertFunnel("b@0 a@1 c@2", expected: [1]);

    [Fact]
    public void A_step_is_not_skipped() => AssertFunnel("a@1 c@2", expected: [1]);

    [Fact]
    public void Repeated_steps_count_once() => AssertFunnel("a@0 b@5 b@6 c@7 c@8", expected: [0, 5, 7]);

    [Fact]
    public void The_first_event_after_the_step_before_is_taken() =>
        AssertFunnel("a@0 b@3 b@9", "a b", expected: [0, 3]);

    [Fact]
    public void The_order_in_which_events_are_given_does_not_matter() =>
        AssertFunnel("c@4 a@1 b@2", expected: [1, 2, 4]);

    [Fact]
    public void Negative_times_are_times_like_others() => AssertFunnel("a@-5 b@-3 c@0", expected: [-5, -3, 0]);

    // The window

    [Fact]
    public void The_end_of_the_window_is_inside() => AssertFunnel("a@0 b@10", "a b", window: 10, expected: [0, 10]);

    [Fact]
    public void A_microsecond_after_the_window_is_outside() =>
        AssertFunnel("a@0 b@11", "a b", window: 10, expected: [0]);

    [Fact]
    public void A_window_of_14_days_is_exact_to_the_microsecond()
    {
        AssertFunnel($"a@7 b@{7 + (14 * Day)}", "a b", window: 14 * Day, expected: [7, 7 + (14 * Day)]);
        AssertFunnel($"a@7 b@{8 + (14 * Day)}", "a b", window: 14 * Day, expected: [7]);
    }

    [Fact]
    public void The_window_begins_at_the_entry_and_not_at_the_step_before() =>
        AssertFunnel("a@0 b@8 c@12", window: 10, expected: [0, 8]);

    [Fact]
    public void Without_a_window_nothing_is_too_late() =>
        AssertFunnel(
            "a@-62135596800000000 b@253402300799999999",
            "a b",
            expected: [-62135596800000000, 253402300799999999]
        );

    // The attempt that counts

    [Fact]
    public void The_latest_entry_that_completes_is_timed() => AssertFunnel("a@0 a@4 b@5", "a b", expected: [4, 5]);

    [Fact]
    public void A_later_entry_helps_where_the_first_ones_window_is_over() =>
        AssertFunnel("a@0 a@50 b@55", "a b", window: 10, expected: [50, 55]);

    [Fact]
    public void The_deepest_attempt_counts_before_the_earliest() =>
        AssertFunnel("a@0 b@1 a@20 b@21 c@22", window: 10, expected: [20, 21, 22]);

    [Fact]
    public void Of_two_complete_attempts_the_earlier_completion_counts() =>
        AssertFunnel("a@0 b@5 a@6 b@7", "a b", expected: [0, 5]);

    [Fact]
    public void Of_two_unfinished_attempts_the_earlier_completion_of_the_deepest_step_counts() =>
        AssertFunnel("a@0 b@5 a@20 b@21", window: 10, expected: [0, 5]);

    [Fact]
    public void Who_only_entered_is_timed_by_the_first_entry() => AssertFunnel("a@3 a@9", expected: [3]);

    [Fact]
    public void The_entry_lies_after_a_middle_step_that_it_then_repeats() =>
        AssertFunnel("a@0 b@1 a@2 b@3 c@4", expected: [2, 3, 4]);

    // One event, one step

    [Fact]
    public void One_event_gives_one_step_though_it_matches_two() => AssertFunnel("a@0", "a a", expected: [0]);

    [Fact]
    public void The_same_event_twice_takes_two_steps() => AssertFunnel("a@0 a@5", "a a", expected: [0, 5]);

    [Fact]
    public void Equal_events_at_one_instant_are_two_events() => AssertFunnel("a@0 a@0", "a a", expected: [0, 0]);

    [Fact]
    public void Three_equal_steps_need_three_events()
    {
        AssertFunnel("a@0 a@0", "a a a", expected: [0, 0]);
        AssertFunnel("a@0 a@0 a@1", "a a a", expected: [0, 0, 1]);
    }

    [Fact]
    public void An_event_that_matches_several_steps_gives_the_first_that_is_open() =>
        AssertFunnel("a@0 x@1 x@2", "a b|x c|x", expected: [0, 1, 2]);

    [Fact]
    public void The_first_event_is_taken_even_where_a_later_one_would_have_left_it_to_the_next_step() =>
        AssertFunnel("a@0 x@1 b@2", "a b|x x", expected: [0, 1]);

    // Ties

    [Theory]
    [InlineData("a@1 b@1")]
    [InlineData("b@1 a@1")]
    public void Two_steps_at_one_instant_count_in_either_order(string events) =>
        AssertFunnel(events, "a b", expected: [1, 1]);

    [Theory]
    [InlineData("a@1 b@1 c@1")]
    [InlineData("c@1 b@1 a@1")]
    [InlineData("b@1 c@1 a@1")]
    public void Three_steps_at_one_instant_count_in_any_order(string events) =>
        AssertFunnel(events, expected: [1, 1, 1]);

    [Fact]
    public void The_middle_steps_may_share_an_instant() => AssertFunnel("a@0 c@5 b@5", expected: [0, 5, 5]);

    [Theory]
    [InlineData("x@1 b@1")]
    [InlineData("b@1 x@1")]
    public void An_event_is_moved_to_the_next_step_when_another_can_stand_in(string events) =>
        AssertFunnel($"a@0 {events}", "a x|b x", expected: [0, 1, 1]);

    [Fact]
    public void Moving_goes_on_through_a_chain_of_steps() =>
        AssertFunnel("e@0 x@1 y@1 z@1", "e x|y|z x|y x", expected: [0, 1, 1, 1]);

    [Fact]
    public void The_entry_is_not_moved_away_but_another_entry_of_its_instant_is_tried() =>
        AssertFunnel("x@0 a@0", "a|x x", expected: [0, 0]);

    [Fact]
    public void An_entry_gives_no_second_step_at_its_own_instant() =>
        AssertFunnel("x@0 b@0", "x b|x x", expected: [0, 0]);

    [Fact]
    public void A_step_before_its_instant_cannot_be_had_by_a_tie() =>
        AssertFunnel("a@0 c@1 b@2 c@2", expected: [0, 2, 2]);

    [Fact]
    public void A_tie_at_the_end_of_the_window_counts_whole() =>
        AssertFunnel("a@0 b@10 c@10", window: 10, expected: [0, 10, 10]);

    [Fact]
    public void A_window_of_nothing_leaves_the_instant_of_the_entry() =>
        AssertFunnel("a@0 b@0 c@1", window: 0, expected: [0, 0]);

    // The reporting range

    [Fact]
    public void The_range_begins_at_its_first_instant_and_ends_before_its_last()
    {
        AssertFunnel("a@10", from: 10, to: 20, expected: [10]);
        AssertFunnel("a@9", from: 10, to: 20, expected: null);
        AssertFunnel("a@19", from: 10, to: 20, expected: [19]);
        AssertFunnel("a@20", from: 10, to: 20, expected: null);
    }

    [Fact]
    public void An_entry_before_the_range_does_not_hide_one_inside() =>
        AssertFunnel("a@1 a@12 b@13", "a b", from: 10, to: 20, expected: [12, 13]);

    [Fact]
    public void A_late_step_counts_after_the_range() => AssertFunnel("a@19 b@25", "a b", to: 20, expected: [19, 25]);

    [Fact]
    public void Without_late_steps_the_range_ends_for_all_steps()
    {
        AssertFunnel("a@18 b@19", "a b", to: 20, lateSteps: false, expected: [18, 19]);
        AssertFunnel("a@18 b@20", "a b", to: 20, lateSteps: false, expected: [18]);
    }

    [Fact]
    public void A_late_step_must_still_be_inside_the_window() =>
        AssertFunnel("a@19 b@30", "a b", window: 10, to: 20, expected: [19]);

    // Names

    [Fact]
    public void A_star_at_the_end_stands_for_any_ending() =>
        AssertFunnel("page_home@0 thanks@1 thanks/2@2", "page* thanks* thanks*", expected: [0, 1, 2]);

    [Fact]
    public void A_star_alone_is_any_event() => AssertFunnel("x@0 y@1 z@1", "* * *", expected: [0, 1, 1]);

    [Fact]
    public void Two_stars_need_two_events() => AssertFunnel("x@0", "* *", expected: [0]);

    private static void AssertFunnel(
        string events,
        string steps = "a b c",
        long? window = null,
        long from = long.MinValue,
        long to = long.MaxValue,
        bool lateSteps = true,
        long[]? expected = null
    )
    {
        var funnel = FunnelText.Funnel(steps);
        var rules = FunnelRules.Of(funnel, TimeZoneInfo.Utc) with
        {
            WindowMicros = window,
            FromMicros = from,
            ToMicros = to,
            LateSteps = lateSteps,
        };

        var attempt = FunnelEvaluator.Evaluate(FunnelText.Events(events, funnel), rules).Attempts.SingleOrDefault();

        Assert.Equal(
            expected,
            attempt is null ? null : [.. Enumerable.Range(0, attempt.Depth).Select(attempt.MicrosOf)]
        );
    }

    [Theory]
    [InlineData("a@0 b@0 a@3 c@5")]
    [InlineData("b@0 a@0 a@3 c@5")]
    public void Of_two_entries_at_one_instant_the_one_with_the_earlier_middle_events_counts(string events) =>
        AssertFunnel(events, "a|b a c", expected: [0, 0, 5]);
}
