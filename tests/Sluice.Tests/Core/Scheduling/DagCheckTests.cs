using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Timetables;

namespace Sluice.Tests.Core.Scheduling;

public sealed class DagCheckTests
{
    private static readonly DateTimeOffset Start = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Dags_whose_waits_can_end_have_no_problem() =>
        Assert.Empty(Problems(Loads("@daily"), Models("@daily", new("funnel_pipeline", "complete"))));

    // The mistake of the system that this one grew out of: it waited for a DAG of its own sensor's name, for ever.
    [Fact]
    public void A_wait_for_a_dag_that_does_not_exist_proposes_the_one_that_does() =>
        Assert.Equal(
            [
                "dimension_modeling.wait: there is no DAG 'wait_for_funnel_pipeline' to wait for. Did you mean 'funnel_pipeline'?",
            ],
            Problems(Loads("@daily"), Models("@daily", new("wait_for_funnel_pipeline", "complete")))
        );

    [Fact]
    public void A_wait_for_a_task_that_does_not_exist_proposes_the_nearest() =>
        Assert.Equal(
            [
                "dimension_modeling.wait: the DAG 'funnel_pipeline' has no task 'completed' to wait for. Did you mean 'complete'?",
            ],
            Problems(Loads("@daily"), Models("@daily", new("funnel_pipeline", "completed")))
        );

    [Fact]
    public void Schedules_that_never_begin_together_are_refused_with_their_nearest_intervals() =>
        Assert.Equal(
            [
                "dimension_modeling.wait: the schedules never meet: 'dimension_modeling' (30 2 * * *) has an interval from 2015-01-01T02:30Z, "
                    + "'funnel_pipeline' (0 2 * * *) has them from 2015-01-01T02:00Z and 2015-01-02T02:00Z. "
                    + "Give both the same schedule, or the wait an 'offset' or 'match: containing' or 'match: last_ended'.",
            ],
            Problems(Loads("0 2 * * *"), Models("30 2 * * *", new("funnel_pipeline", "complete")))
        );

    [Fact]
    public void A_wait_for_a_dag_that_has_ended_is_refused_with_the_first_run_that_waits_in_vain() =>
        Assert.Equal(
            [
                "dimension_modeling.wait: from 2016-01-02T00:00Z on, its runs wait in vain: 'funnel_pipeline' has no interval after its "
                    + "end_date 2016-01-01T00:00Z. Give 'dimension_modeling' an end_date, too, or take the wait away.",
            ],
            Problems(
                Loads("@daily") with
                {
                    EndDate = Start.AddYears(1),
                },
                Models("@daily", new("funnel_pipeline", null))
            )
        );

    [Fact]
    public void A_wait_of_one_that_begins_after_the_other_has_ended_says_so() =>
        Assert.Contains(
            "'funnel_pipeline' (@daily) has none after its end_date 2016-01-01T00:00Z.",
            Assert.Single(
                Problems(
                    Loads("@daily") with
                    {
                        EndDate = Start.AddYears(1),
                    },
                    Models("@daily", new("funnel_pipeline", null)) with
                    {
                        StartDate = Start.AddYears(2),
                    }
                )
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(WaitMatch.Same, "@daily")]
    [InlineData(WaitMatch.LastEnded, "@daily")]
    [InlineData(WaitMatch.Containing, "@monthly")]
    public void Two_that_end_together_have_no_problem(WaitMatch match, string other) =>
        Assert.Empty(
            Problems(
                Loads(other) with
                {
                    EndDate = Start.AddYears(1),
                },
                Models("@daily", new("funnel_pipeline", null) { Match = match }) with
                {
                    EndDate = Start.AddYears(1),
                }
            )
        );

    [Fact]
    public void An_offset_lets_them_meet() =>
        Assert.Empty(
            Problems(
                Loads("0 2 * * *"),
                Models("30 2 * * *", new("funnel_pipeline", null) { Offset = TimeSpan.FromMinutes(30) })
            )
        );

    [Theory]
    [InlineData(WaitMatch.Containing, "@hourly", "@daily")]
    [InlineData(WaitMatch.LastEnded, "@daily", "@hourly")]
    [InlineData(WaitMatch.LastEnded, "0 3 * * 1", "@daily")]
    public void So_does_another_match(WaitMatch match, string own, string other) =>
        Assert.Empty(Problems(Loads(other), Models(own, new("funnel_pipeline", null) { Match = match })));

    [Fact]
    public void A_dag_may_begin_long_after_the_one_that_waits_for_it() =>
        Assert.Empty(
            Problems(
                Loads("@daily") with
                {
                    StartDate = Start.AddYears(11),
                },
                Models("@hourly", new("funnel_pipeline", null) { Match = WaitMatch.Containing })
            )
        );

    [Fact]
    public void A_circle_across_dags_is_refused() =>
        Assert.Equal(
            [
                "a.wait: it waits for itself: a.wait → b.last → b.wait → a.last → a.wait. "
                    + "Take one of these waits away, or let it wait for an earlier run with 'offset'.",
            ],
            Problems(Waiting("a", new("b", "last")), Waiting("b", new("a", "last")))
        );

    [Fact]
    public void A_run_that_waits_for_the_one_before_closes_no_circle() =>
        Assert.Empty(
            Problems(Waiting("a", new("b", "last")), Waiting("b", new("a", null) { Offset = TimeSpan.FromDays(1) }))
        );

    private static DagDefinition Loads(string schedule) =>
        Scheduled(
            schedule,
            new(
                "funnel_pipeline",
                [new("load", new TaskWork.Shell("true"), []), new("complete", new TaskWork.Empty(), ["load"])]
            )
        );

    private static DagDefinition Models(string schedule, TaskWork.WaitFor wait) =>
        Scheduled(schedule, new("dimension_modeling", [new("wait", wait, [])]));

    private static DagDefinition Waiting(string id, TaskWork.WaitFor wait) =>
        Scheduled("@daily", new(id, [new("wait", wait, []), new("last", new TaskWork.Empty(), ["wait"])]));

    private static DagDefinition Scheduled(string schedule, DagDefinition dag) =>
        dag with
        {
            Timetable = CronTimetable.Parse(schedule, TimeZoneInfo.Utc),
            StartDate = Start,
        };

    private static IEnumerable<string> Problems(params DagDefinition[] dags) =>
        DagCheck.Problems(dags).Select(wrong => $"{wrong.DagId}.{wrong.TaskId}: {wrong.Message} {wrong.Hint}");
}
