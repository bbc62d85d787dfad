using System.Globalization;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Scheduling;

public sealed class DagPlannerTests
{
    private static readonly DateTimeOffset Start = new(2015, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DagDefinition Daily = new("d", [new("a", new TaskWork.Shell("true"), [])])
    {
        Timetable = CronTimetable.Daily(TimeZoneInfo.Utc),
        StartDate = Start,
    };

    [Fact]
    public void A_run_is_made_when_its_interval_is_over()
    {
        var early = Plan(new(Daily, null, []), Start.AddDays(1).AddTicks(-1));
        var due = Plan(new(Daily, null, []), Start.AddDays(1));

        Assert.Empty(early.Runs);
        Assert.Equal(Start.AddDays(1), early.WakeAt);
        Assert.Equal("scheduled__2015-05-01T00:00:00+00:00", Assert.Single(due.Runs).Id);
        Assert.Equal("a", Assert.Single(due.Ready).Task.Id);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("2015-04-28", "")]
    [InlineData("2015-05-03", "2015-05-03")]
    [InlineData("2015-05-02", "")]
    [InlineData("2015-05-04", "2015-05-03")]
    public void What_was_missed_before_the_end_is_missed_for_good(string? end, string expected)
    {
        // On the 4th: the interval of the 3rd is the last that is over.
        var dag = Daily with
        {
            StartDate = DateTimeOffset.UnixEpoch,
            EndDate = end is null
                ? Start.AddYears(-1)
                : DateTimeOffset.Parse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        };

        var plan = Plan(new(dag, null, []), Start.AddDays(3).AddHours(1));

        Assert.Equal(expected, string.Join(' ', plan.Runs.Select(run => run.Interval.Ds)));
    }

    [Fact]
    public void Nothing_of_a_paused_dag_starts_or_wakes()
    {
        var plan = Plan(new(Daily, null, []) { IsPaused = true }, Start.AddDays(3));

        Assert.Equal((0, 0, null), (plan.Runs.Count, plan.Ready.Count, plan.WakeAt));
    }

    [Fact]
    public void A_slot_goes_to_the_heaviest_task_and_of_equals_to_the_earliest_interval()
    {
        var light = Plan(new(Daily, null, []), Start.AddDays(1)).Ready.Single();
        var later = light with { Interval = Daily.NextInterval(light.Interval)!.Value };
        var heavy = later with { Task = later.Task with { Id = "b", PriorityWeight = 2 } };
        var pools = new Dictionary<string, int> { [Pools.Default] = 3 };

        Assert.Equal([heavy, light], SlotAllocation.Choose([later, light, heavy], pools, [(Pools.Default, "other")]));
    }

    [Fact]
    public void What_is_made_up_for_holds_up_no_schedule()
    {
        var old = DataInterval.OfDay(new(2015, 4, 1), TimeZoneInfo.Utc);
        var backfill = new DagRun("d", old, RunKind.Backfill) { Since = Start };
        var next = backfill with { Interval = DataInterval.OfDay(new(2015, 4, 2), TimeZoneInfo.Utc) };

        var plan = Plan(new(Daily, null, [backfill.Begin(Start), next]), Start.AddDays(1));
        var then = Plan(
            new(Daily, null, [next, .. plan.Runs.Where(run => run.Kind == RunKind.Scheduled)]),
            Start.AddDays(1)
        );

        Assert.Equal(RunState.Queued, plan.Runs.Single(run => run.Kind == RunKind.Scheduled).State);
        Assert.Equal(RunKind.Scheduled, then.Runs.Single(run => run.State == RunState.Running).Kind);
    }

    [Theory]
    [InlineData(TaskState.Deferred)]
    [InlineData(TaskState.UpForRetry)]
    public void A_task_that_came_to_be_of_another_kind_begins_as_that(TaskState state)
    {
        var wait = new TaskWork.WaitFor("other", null);
        foreach (var work in new TaskWork[] { new TaskWork.Shell("true"), new TaskWork.Empty(), wait })
        {
            var dag = Daily with { Tasks = [new("a", work, [])] };
            var interval = dag.NextInterval(null)!.Value;
            var before = new TaskInstance(state, Start) { RetryAt = Start };
            var run = new DagRun("d", interval, RunKind.Scheduled) { Since = Start }
                .Begin(Start)
                .With("a", before);

            var plan = Plan(new(dag, interval, [run]), Start.AddMinutes(1), dag);

            Assert.Equal(work is TaskWork.Shell ? 1 : 0, plan.Ready.Count);
            Assert.Equal(
                work is TaskWork.Empty ? RunState.Success : RunState.Running,
                plan.Runs is [var changed] ? changed.State : run.State
            );
        }
    }

    private static DagPlan Plan(DagStanding standing, DateTimeOffset now, DagDefinition? dag = null) =>
        new DagPlanner(
            new Dictionary<string, DagDefinition> { ["d"] = dag ?? Daily, ["other"] = Daily with { Id = "other" } },
            new NoRuns(),
            () => 1
        ).Plan(standing, now);

    private sealed class NoRuns : IRunStates
    {
        public DagRun? Find(string dagId, DateTimeOffset start) => null;
    }
}
