using Microsoft.Extensions.Time.Testing;
using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Scheduling.Service;

public sealed class RunRequestsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 5, 6, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> None = [];

    private readonly MemoryRunStore _store = new(new FakeTimeProvider(Now));

    [Fact]
    public void A_triggered_run_is_queued_with_its_parameters()
    {
        var run = Trigger(Day(1), new() { ["country"] = "DE" });

        Assert.Equal((RunState.Queued, RunKind.Manual, "DE"), (run.State, run.Kind, run.Params["country"]));
    }

    [Fact]
    public void An_interval_has_one_run()
    {
        Trigger(Day(1), None);

        var refused = Assert.Throws<DefinitionException>(() => Trigger(Day(1), None));

        Assert.Contains("manual__2026-03-01T00:00:00+00:00 is queued", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("sluice runs clear d", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_piece_of_a_scheduled_interval_does_not_stand_in_its_place()
    {
        var piece = new DataInterval(Day(1).Start, Day(1).Start.AddHours(1), Day(1).LogicalDate);

        var refused = Assert.Throws<DefinitionException>(() => Trigger(piece, None));

        Assert.Contains("from 2026-03-01T00:00Z ends at 2026-03-02T00:00Z", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("--interval 2026-03-01T00:00Z/2026-03-02T00:00Z", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backfill_stays_inside_start_and_end()
    {
        var dag = Dag with { StartDate = Day(2).Start, EndDate = Day(3).Start };

        var steps = _store.Read(store =>
            RunRequests.PlanBackfill(store, dag, Day(1).Start, Day(4).End, Reprocess.None)
        );
        var none = Assert.Throws<DefinitionException>(() =>
            _store.Read(store => RunRequests.PlanBackfill(store, dag, Day(1).Start, Day(1).End, Reprocess.None))
        );

        Assert.Equal([2, 3], steps.Select(step => step.Interval.LogicalDate.Day));
        Assert.Contains("start_date", none.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_made_from_runs_that_a_backfill_runs_again_is_stale()
    {
        Save(Day(3), RunState.Success);
        var waiter = new DagDefinition(
            "w",
            [new("wait", new TaskWork.WaitFor("d", null), []), new("made", new TaskWork.Shell("true"), ["wait"])]
        )
        {
            Timetable = Dag.Timetable,
        };
        var made = new DagRun("w", Day(3), RunKind.Scheduled) { Since = Now }.Mark(
            waiter,
            taskId: null,
            TaskState.Success,
            Now
        );

        var stale = _store.Write(store =>
        {
            store.Save(made);
            return RunRequests.Backfill(
                store,
                Dag,
                RunRequests.PlanBackfill(store, Dag, Day(3).Start, Day(3).End, Reprocess.Completed),
                new RunClearing(new DagSet([Dag, waiter]))
            );
        });

        Assert.Equal("w", Assert.Single(stale).Run.DagId);
        Assert.True(_store.Read(store => store.Find("w", Day(3).Start))!.Task("made").IsStale);
    }

    [Fact]
    public void A_parameter_that_the_dag_has_not_is_refused_with_the_nearest()
    {
        var refused = Assert.Throws<DefinitionException>(() => Trigger(Day(1), new() { ["contry"] = "DE" }));

        Assert.Contains("country", refused.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Reprocess.None, "2:Create 3:Leave 4:Leave")]
    [InlineData(Reprocess.Failed, "2:Create 3:Clear 4:Leave")]
    [InlineData(Reprocess.Completed, "2:Create 3:Clear 4:Clear")]
    public void A_backfill_makes_what_is_missing_and_clears_what_it_is_told_to(Reprocess reprocess, string expected)
    {
        Save(Day(3), RunState.Failed);
        Save(Day(4), RunState.Success);

        var steps = _store.Read(store => RunRequests.PlanBackfill(store, Dag, Day(2).Start, Day(5).End, reprocess));

        // The day of now is not over.
        Assert.Equal(
            expected,
            string.Join(' ', steps.Select(step => $"{step.Interval.LogicalDate.Day}:{step.Action}"))
        );
    }

    [Fact]
    public void A_backfill_does_what_was_planned()
    {
        Save(Day(3), RunState.Failed);

        _store.Write(store =>
        {
            var steps = RunRequests.PlanBackfill(store, Dag, Day(2).Start, Day(3).End, Reprocess.Failed);
            RunRequests.Backfill(store, Dag, steps, new RunClearing(new DagSet([Dag])));
            return 0;
        });

        var runs = _store.Read(store => store.Active("d"));
        Assert.Equal(
            [(2, RunKind.Backfill, RunState.Queued), (3, RunKind.Scheduled, RunState.Queued)],
            runs.Select(run => (run.Interval.LogicalDate.Day, run.Kind, run.State))
        );
        Assert.True(runs[1].Task("t").IsAgain);
    }

    [Fact]
    public void A_span_without_an_interval_that_is_over_says_when_the_next_one_is()
    {
        var refused = Assert.Throws<DefinitionException>(() =>
            _store.Read(store => RunRequests.PlanBackfill(store, Dag, Day(5).Start, Day(6).End, Reprocess.None))
        );

        Assert.Contains("ends at 2026-03-06T00:00Z", refused.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("06:00", "2026-03-28", "2026-03-29T04:00:00Z")] // the night of the change: summer time by then
    [InlineData("06:00", "2026-03-27", "2026-03-28T05:00:00Z")]
    [InlineData("02:30", "2026-03-28", "2026-03-29T01:00:00Z")] // left out: with the change
    [InlineData("00:00", "2026-03-27", "2026-03-27T23:00:00Z")]
    public void A_deadline_is_the_first_such_time_after_the_interval(string time, string date, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var deadline = new Deadline.At(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), zone);

        Assert.Equal(
            DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            deadline.Of(DataInterval.OfDay(DateText.Parse(date), zone))
        );
    }

    [Fact]
    public void A_task_that_is_marked_lets_what_never_started_for_it_start()
    {
        var dag = Dag with
        {
            Tasks = [.. Dag.Tasks, new("u", new TaskWork.Empty(), ["t"]), new("v", new TaskWork.Empty(), ["u"])],
        };
        var run = new DagRun("d", Day(1), RunKind.Scheduled) { Since = Now, State = RunState.Failed }
            .With("t", new(TaskState.Failed, Now))
            .With("u", new(TaskState.UpstreamFailed, Now))
            .With("v", new(TaskState.UpstreamFailed, Now));

        var marked = run.Mark(dag, "t", TaskState.Success, Now);

        Assert.Equal(
            (TaskState.Success, TaskState.None, TaskState.None, RunState.Queued),
            (marked.Task("t").State, marked.Task("u").State, marked.Task("v").State, marked.State)
        );
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static DagDefinition Dag { get; } =
        new("d", [new("t", new TaskWork.Shell("true"), [])])
        {
            Timetable = CronTimetable.Parse("@daily", TimeZoneInfo.Utc),
            Params = new Dictionary<string, string> { ["country"] = "CH" },
        };

    private static DataInterval Day(int day) => DataInterval.OfDay(new(2026, 3, day), TimeZoneInfo.Utc);

    private DagRun Trigger(DataInterval interval, Dictionary<string, string> parameters) =>
        _store.Write(store => RunRequests.Trigger(store, Dag, interval, parameters));

    private void Save(DataInterval interval, RunState state) =>
        _store.Write(store =>
        {
            store.Save(new DagRun("d", interval, RunKind.Scheduled) { Since = Now, State = state });
            return 0;
        });
}
