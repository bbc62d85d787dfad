using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Timetables;

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

    private static DagPlan Plan(DagStanding standing, DateTimeOffset now) =>
        new DagPlanner(new Dictionary<string, DagDefinition> { ["d"] = Daily }, new NoRuns(), () => 1).Plan(
            standing,
            now
        );

    private sealed class NoRuns : IRunStates
    {
        public DagRun? Find(string dagId, DateTimeOffset start) => null;
    }
}
