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

public sealed class SchedulerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FakeTimeProvider _clock = new(Start.AddDays(1).AddHours(1));
    private readonly WatchedStore _store;
    private readonly ScriptedExecutor _work = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _schedulers = [];

    public SchedulerTests() => _store = new(_clock);

    [Fact]
    public async Task What_is_due_is_run_and_what_follows_waits_for_it()
    {
        Begin([Daily("a", "x y<x"), Daily("b", "w:a.y z<w")]);

        Assert.Equal(["a.x"], await _work.BegunAsync(1));
        _work.End("a.x");
        Assert.Equal(["a.y"], await _work.BegunAsync(1));
        Assert.Equal(TaskState.Deferred, Run("b").Task("w").State);
        _work.End("a.y");
        Assert.Equal(["b.z"], await _work.BegunAsync(1));
        _work.End("b.z");
        await UntilAsync(() => Run("b").State == RunState.Success);
        Assert.Equal(RunState.Success, Run("a").State);
    }

    [Fact]
    public async Task A_run_is_made_when_its_time_comes()
    {
        Begin([Daily("a", "x") with { Delay = TimeSpan.FromHours(2) }]);

        await UntilAsync(() => Read(store => store.Find("a", Start)) is not null);

        Assert.Equal(Start.AddDays(1).AddHours(2), Run("a").StartedAt);
    }

    [Fact]
    public async Task No_more_tasks_are_at_work_than_the_scheduler_may_have()
    {
        Begin([Daily("a", "x y z")], options => options with { Parallelism = 2 });

        Assert.Equal(["a.x", "a.y"], await _work.BegunAsync(2));
        Assert.Equal(TaskState.None, Run("a").Task("z").State);
        _work.End("a.x");
        Assert.Equal(["a.z"], await _work.BegunAsync(1));
    }

    [Fact]
    public async Task Two_schedulers_share_the_slots_of_a_pool()
    {
        DagDefinition[] dags = [InPool(Daily("a", "x")), InPool(Daily("b", "y"))];
        Begin(dags, OneSlot);
        Assert.Equal(["a.x"], await _work.BegunAsync(1));
        Begin(dags, options => OneSlot(options) with { Worker = "other" });
        await UntilAsync(() => Read(store => store.Workers().Count) == 2);

        Assert.Single(Read(store => store.Held()));
        _work.End("a.x");
        Assert.Equal(["b.y"], await _work.BegunAsync(1));
        _work.End("b.y");
        await UntilAsync(() => Run("b").State == RunState.Success);

        static SchedulerOptions OneSlot(SchedulerOptions options) =>
            options with
            {
                Pools = new Dictionary<string, int> { ["oltp"] = 1 },
            };

        static DagDefinition InPool(DagDefinition dag) =>
            dag with
            {
                Tasks = [.. dag.Tasks.Select(task => task with { Pool = "oltp" })],
            };
    }

    [Fact]
    public async Task A_task_is_stopped_at_its_timeout_and_tried_again()
    {
        var listener = new Ears();
        var dag = Each(
            Daily("a", "x"),
            task => task with { ExecutionTimeout = TimeSpan.FromMinutes(5), Retry = new(1, TimeSpan.FromMinutes(1)) }
        );
        Begin([dag], listener: listener);
        await _work.BegunAsync(1);

        _clock.Advance(TimeSpan.FromMinutes(5));
        await UntilAsync(() => listener.Ended.Count > 0);
        await UntilAsync(() => Run("a").Task("x").Tries == 2);

        var ended = Assert.Single(listener.Ended);
        Assert.Equal(TaskState.UpForRetry, ended.State);
        Assert.Equal("It was stopped at its execution_timeout of 00:05:00.", ended.Failure!.Message);
        Assert.Equal(1, _work.Stopped);
    }

    [Fact]
    public async Task A_dead_workers_task_is_given_to_another_and_its_word_counts_no_more()
    {
        var dead = new TaskClaim("dead", 7);
        _store.Write(store =>
        {
            store.RaiseTokens(7);
            store.Renew("dead", TimeSpan.FromMinutes(1));
            var run = new DagRun("a", Day, RunKind.Scheduled) { Since = store.Now }.Begin(store.Now);
            store.Save(run.With("x", run.Task("x").Become(TaskState.Queued, store.Now).Start(store.Now, dead)));
            store.SaveLatest("a", Day);
            return 0;
        });
        Begin([Daily("a", "x")]);

        await UntilAsync(() => Run("a").Task("x").Claim is { Worker: "me" });

        var claim = Run("a").Task("x").Claim!;
        Assert.True(claim.Token > dead.Token);
        Assert.Equal(1, Run("a").Task("x").Tries);
        Assert.DoesNotContain(Read(store => store.Workers()), worker => worker.Id == "dead");
    }

    [Fact]
    public async Task A_task_that_is_cleared_while_it_runs_is_stopped_and_begins_again()
    {
        Begin([Daily("a", "x y<x")]);
        await _work.BegunAsync(1);

        _store.Write(store =>
        {
            new RunClearing(new([Daily("a", "x y<x")])).Clear(store, store.Find("a", Start)!, ["x", "y"]);
            return 0;
        });

        Assert.Equal(["a.x"], await _work.BegunAsync(1));
        Assert.Equal(1, _work.Stopped);
        Assert.Equal((2, true), (Run("a").Task("x").Tries, Run("a").Task("x").IsAgain));
        _work.End("a.x");
        await _work.BegunAsync(1);
        Assert.False(Run("a").Task("x").IsAgain);
    }

    [Fact]
    public async Task A_run_that_is_cleared_is_measured_anew()
    {
        var dag = Daily("a", "x") with { EndDate = Start };
        Begin([dag]);
        await _work.BegunAsync(1);
        _work.End("a.x");
        await UntilAsync(() => Run("a").State == RunState.Success);
        var first = Run("a").StartedAt;
        _clock.Advance(TimeSpan.FromHours(5));

        _store.Write(store =>
        {
            new RunClearing(new([dag])).Clear(store, store.Find("a", Start)!, ["x"]);
            return 0;
        });
        Assert.Null(Run("a").StartedAt);
        await _work.BegunAsync(1);
        Assert.True(Run("a").StartedAt >= first + TimeSpan.FromHours(5));
    }

    [Fact]
    public async Task A_scheduler_that_is_stopped_lets_tasks_end_within_its_grace_and_hands_back_the_others()
    {
        Begin([Daily("a", "x y")], options => options with { Grace = TimeSpan.FromMinutes(10) });
        await _work.BegunAsync(2);

        await _stop.CancelAsync();
        _work.End("a.x");
        await UntilAsync(() => _schedulers[0].IsCompleted);

        Assert.Equal(TaskState.Success, Run("a").Task("x").State);
        Assert.Equal((TaskState.None, 0), (Run("a").Task("y").State, Run("a").Task("y").Tries));
        Assert.Empty(Read(store => store.Workers()));
    }

    [Fact]
    public async Task A_task_whose_worker_is_lost_too_often_fails()
    {
        Begin([Daily("a", "x")]);
        for (var i = 0; i < TaskInstance.MostLosses; i++)
        {
            await _work.BegunAsync(1);
            _work.End("a.x", new WorkerLostException("gone"));
        }

        await UntilAsync(() => Run("a").State == RunState.Failed);

        Assert.Equal("Its worker was lost 5 times.", Run("a").Task("x").Reason);
    }

    [Fact]
    public async Task What_the_program_must_not_do_fails_its_task_and_the_scheduler_goes_on()
    {
        Begin([Daily("a", "x"), Daily("b", "y")]);
        await _work.BegunAsync(2);

        _work.End("a.x", new InvalidOperationException("a slip"));
        _work.End("b.y");
        await UntilAsync(() => Run("b").State == RunState.Success);

        Assert.Equal((TaskState.Failed, "a slip"), (Run("a").Task("x").State, Run("a").Task("x").Reason));
    }

    [Fact]
    public async Task A_run_that_is_not_done_by_its_deadline_is_late_once()
    {
        var listener = new Ears();
        var dag = Daily("a", "x") with { Deadline = new Deadline.After(TimeSpan.FromHours(6)) };
        Begin([dag], listener: listener);
        await _work.BegunAsync(1);
        Assert.Empty(listener.Late);

        await UntilAsync(() => listener.Late.Count > 0);
        _clock.Advance(TimeSpan.FromHours(3));
        _work.End("a.x");
        await UntilAsync(() => Run("a").State == RunState.Success);

        var late = Assert.Single(listener.Late);
        Assert.Equal(Start.AddDays(1).AddHours(6), late.Deadline);
        Assert.True(Run("a").IsLate);
    }

    [Fact]
    public async Task An_interval_without_a_run_is_late_too()
    {
        var listener = new Ears();
        var dag = Daily("a", "x") with { Deadline = new Deadline.After(TimeSpan.FromHours(6)), MaxActiveRuns = 1 };
        Begin([dag], listener: listener);
        await _work.BegunAsync(1);

        await UntilAsync(() => listener.Late.Count == 2);

        Assert.Null(listener.Late[1].Run);
        Assert.Equal(Start.AddDays(1), listener.Late[1].Interval.Start);

        // Neither a scheduler that comes later nor the run, once it is there, says it again.
        var other = new Ears();
        Begin([dag], options => options with { Worker = "other" }, other);
        _work.End("a.x");
        await UntilAsync(() => Read(store => store.Find("a", Start.AddDays(1))) is { IsLate: true });
        Assert.Equal(2, listener.Late.Count);
        Assert.Empty(other.Late);
    }

    [Fact]
    public async Task A_dag_is_late_until_the_interval_that_was_expected_last_has_succeeded()
    {
        var dag = Daily("a", "x") with { Deadline = new Deadline.After(TimeSpan.FromHours(6)) };
        Begin([dag]);
        await _work.BegunAsync(1);
        _work.End("a.x", new PipelineException("broken"));
        await UntilAsync(() => Run("a").State == RunState.Failed);
        Assert.False(Read(store => Lateness.IsLate(store, dag)));

        await UntilAsync(() => Run("a").IsLate);
        Assert.Empty(Read(store => store.Active("a")));
        Assert.True(Read(store => Lateness.IsLate(store, dag)));

        _store.Write(store =>
        {
            new RunClearing(new([dag])).Clear(store, store.Find("a", Start)!, ["x"]);
            return 0;
        });
        await _work.BegunAsync(1);
        Assert.True(Read(store => Lateness.IsLate(store, dag)));
        _work.End("a.x");
        await UntilAsync(() => Run("a").State == RunState.Success);
        Assert.False(Read(store => Lateness.IsLate(store, dag)));
    }

    [Fact]
    public async Task A_dag_that_is_paused_or_has_no_deadline_is_not_late()
    {
        var dag = Daily("a", "x") with { Deadline = new Deadline.After(TimeSpan.FromHours(6)) };
        Begin([dag]);
        await _work.BegunAsync(1);
        _work.End("a.x", new PipelineException("broken"));
        await UntilAsync(() => Run("a").IsLate);

        Assert.False(Read(store => Lateness.IsLate(store, dag with { Deadline = null })));
        _store.Write(store =>
        {
            store.SavePaused("a", true);
            return 0;
        });
        Assert.False(Read(store => Lateness.IsLate(store, dag)));
    }

    [Fact]
    public async Task What_nobody_expects_is_not_late()
    {
        var listener = new Ears();
        var dag = Daily("a", "x") with
        {
            StartDate = Start.AddDays(-30),
            Catchup = false,
            Deadline = new Deadline.After(TimeSpan.FromHours(6)),
        };
        var old = DataInterval.OfDay(new(2026, 2, 10), TimeZoneInfo.Utc);
        _store.Write(store =>
        {
            store.Save(new DagRun("a", old, RunKind.Backfill) { Since = store.Now });
            return 0;
        });
        Begin([dag], listener: listener);

        // The night before the first run is over its deadline, and the old one since long.
        await _work.BegunAsync(1);
        Assert.Empty(listener.Late);
        _work.End("a.x");
        await _work.BegunAsync(1);
        Assert.Empty(listener.Late);
    }

    [Fact]
    public void Clearing_marks_what_was_made_from_it_in_other_dags()
    {
        var dags = new DagSet([Daily("a", "x"), Daily("b", "w:a.x y<w"), Daily("c", "v:b z<v")]);
        _store.Write(store =>
        {
            foreach (var dag in dags.All)
            {
                var run = new DagRun(dag.Id, Day, RunKind.Scheduled) { Since = store.Now };
                store.Save(run.Mark(dag, null, TaskState.Success, store.Now));
            }

            return new RunClearing(dags).Clear(store, store.Find("a", Start)!, ["x"]);
        });

        Assert.True(Run("b").Task("y").IsStale);
        Assert.False(Run("b").Task("w").IsStale);
        Assert.True(Run("c").Task("z").IsStale);
        Assert.Equal(TaskState.None, Run("a").Task("x").State);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_schedulers).WaitAsync(Patience);
        _stop.Dispose();
    }

    private static DataInterval Day => DataInterval.OfDay(new(2026, 3, 1), TimeZoneInfo.Utc);

    private void Begin(
        DagDefinition[] dags,
        Func<SchedulerOptions, SchedulerOptions>? with = null,
        ISchedulerListener? listener = null
    )
    {
        var options = (with ?? (same => same))(new("me"));
        _schedulers.Add(new Scheduler(new(dags), _store, _work, options, _clock, listener).RunAsync(stop: _stop.Token));
    }

    private DagRun Run(string dag) => Read(store => store.Find(dag, Start))!;

    private T Read<T>(Func<IRunReader, T> look) => _store.Read(look);

    // Time passes from one instant at which something is due to the next, once nobody has anything left to do.
    private async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            var over = Task.WhenAll(_schedulers);
            var idle = _store.IdleAsync(_schedulers.Count(scheduler => !scheduler.IsCompleted));
            await Task.WhenAny(idle, over).WaitAsync(Patience);
            if (!isSo() && !over.IsCompleted && await idle is var due && due > _clock.GetUtcNow())
            {
                _clock.Advance(due - _clock.GetUtcNow());
            }
        }
    }

    private static DagDefinition Each(DagDefinition dag, Func<TaskDefinition, TaskDefinition> change) =>
        dag with
        {
            Tasks = [.. dag.Tasks.Select(change)],
        };

    // "x y<x w:a.y": y comes after x, w waits for y of a.
    private static DagDefinition Daily(string id, string tasks) =>
        new(
            id,
            [
                .. tasks
                    .Split(' ')
                    .Select(text => text.Split('<'))
                    .Select(parts => new TaskDefinition(
                        parts[0].Split(':')[0],
                        parts[0].Split(':') is [_, var target]
                            ? new TaskWork.WaitFor(target.Split('.')[0], target.Split('.').ElementAtOrDefault(1))
                            : new TaskWork.Shell("true"),
                        [.. parts.Skip(1)]
                    )),
            ]
        )
        {
            Timetable = CronTimetable.Parse("@daily", TimeZoneInfo.Utc),
            StartDate = Start,
        };

    private sealed class Ears : ISchedulerListener
    {
        public List<LateRun> Late { get; } = [];

        public List<TaskEvent.Ended> Ended { get; } = [];

        public List<string> Projects { get; } = [];

        public void Report(TaskEvent value)
        {
            if (value is TaskEvent.Ended ended)
            {
                Ended.Add(ended);
            }
        }

        public void RunEnded(DagDefinition dag, DagRun run) { }

        public void RunLate(LateRun late) => Late.Add(late);

        public void ProjectChanged(DagSet dags) => Projects.Add(string.Join(' ', dags.All.Select(dag => dag.Id)));

        public void ProjectBroken(DefinitionException wrong) => Projects.Add(wrong.Problem);

        public void StoreFailed(PipelineException failure, TimeSpan pause) => Assert.Fail(failure.Message);
    }
}
