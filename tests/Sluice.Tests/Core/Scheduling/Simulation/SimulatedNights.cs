using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Scheduling.Simulation;

/// <summary>
/// DAGs under a clock of their own: plans are carried out, tasks take their time, fail, and lose their workers, and after every
/// step what must always hold is checked. No time passes but what it makes pass.
/// </summary>
/// <param name="dags">The DAGs.</param>
/// <param name="pools">Slots by pool.</param>
/// <param name="random">Decides how long tasks take and what becomes of them.</param>
/// <param name="start">When it begins.</param>
internal sealed class SimulatedNights(
    IReadOnlyList<DagDefinition> dags,
    IReadOnlyDictionary<string, int> pools,
    Random random,
    DateTimeOffset start
) : IRunStates
{
    private readonly Dictionary<string, DagDefinition> _dags = dags.ToDictionary(dag => dag.Id, StringComparer.Ordinal);
    private readonly Dictionary<(string DagId, DateTimeOffset Start), DagRun> _runs = [];
    private readonly Dictionary<string, DataInterval> _latest = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(string DagId, DateTimeOffset Start, string TaskId, int Try), DateTimeOffset> _work =
        new();
    private readonly Dictionary<(string DagId, DateTimeOffset Start, string TaskId), int> _fired = [];

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>Of 1, how often a try fails; how often its worker is lost; how often it is handed back.</summary>
    public (double Failure, double Loss, double HandBack) Faults { get; init; }

    /// <summary>How long a try takes.</summary>
    public Func<TimeSpan> Duration { get; init; } = () => TimeSpan.FromMinutes(5);

    /// <summary>All runs.</summary>
    public IReadOnlyCollection<DagRun> Runs => _runs.Values;

    /// <summary>Steps done.</summary>
    public int Steps { get; private set; }

    /// <summary>The most runs of one DAG that were running at once.</summary>
    public int MostRuns { get; private set; }

    public DagRun? Find(string dagId, DateTimeOffset start) => _runs.GetValueOrDefault((dagId, start));

    /// <summary>Lets time pass in which nothing is planned: the scheduler is away, and what runs comes to its end.</summary>
    public void Sleep(TimeSpan span) => Now += span;

    /// <summary>Goes on until an instant, or until nothing will happen any more.</summary>
    public void RunUntil(DateTimeOffset end)
    {
        while (true)
        {
            Finish();
            var wake = PlanAll();
            if (_work.TryPeek(out _, out var ends) && (wake is not { } planned || ends < planned))
            {
                wake = ends;
            }

            if (wake is not { } next || next > end)
            {
                Now = end > Now ? end : Now;
                return;
            }

            Now = next > Now ? next : Now;
        }
    }

    private DateTimeOffset? PlanAll()
    {
        var planner = new DagPlanner(_dags, this, random.NextDouble);
        while (true)
        {
            DateTimeOffset? wake = null;
            var (ready, isChanged) = (new List<ReadyTask>(), false);
            foreach (var dag in dags)
            {
                var active = _runs
                    .Values.Where(run => run.DagId == dag.Id && run.IsActive)
                    .OrderBy(run => run.Interval.Start)
                    .ToList();
                var latest = _latest.TryGetValue(dag.Id, out var known) ? known : (DataInterval?)null;
                var plan = planner.Plan(new(dag, latest, active), Now);
                wake = plan.WakeAt is { } at && (wake is not { } other || at < other) ? at : wake;
                ready.AddRange(plan.Ready);
                isChanged |= plan.Runs.Count > 0;
                foreach (var run in plan.Runs)
                {
                    Take(dag, run);
                }
            }

            if (!isChanged)
            {
                Start(ready);
                Check();
                return wake;
            }

            Check();
        }
    }

    private void Take(DagDefinition dag, DagRun run)
    {
        var key = (run.DagId, run.Interval.Start);
        if (!_runs.TryGetValue(key, out var before))
        {
            Assert.True(run.Interval.End <= Now, "A run was made before its interval was over.");
            Assert.True(
                !_latest.TryGetValue(run.DagId, out var latest) || run.Interval.Start >= latest.End,
                "An interval had two runs."
            );
            _latest[run.DagId] = run.Interval;
        }

        foreach (var task in dag.Tasks)
        {
            var (was, now) = (before?.Task(task.Id).State ?? TaskState.None, run.Task(task.Id).State);
            if (was != now && task.Work is TaskWork.WaitFor wait && now == TaskState.Success)
            {
                var fired = (run.DagId, run.Interval.Start, task.Id);
                _fired[fired] = _fired.GetValueOrDefault(fired) + 1;
                Assert.Equal(1, _fired[fired]);
                AssertMet(wait, run);
            }
        }

        _runs[key] = run;
    }

    private void AssertMet(TaskWork.WaitFor wait, DagRun run)
    {
        var target = Find(wait.DagId, WaitJudge.TargetOf(wait, run.Interval, _dags[wait.DagId])!.Value)!;
        if (wait.TaskId is { } task)
        {
            Assert.Equal(TaskState.Success, target.Task(task).State);
        }
        else
        {
            Assert.Equal(RunState.Success, target.State);
        }
    }

    private void Start(IEnumerable<ReadyTask> ready)
    {
        foreach (var task in SlotAllocation.Choose(ready, pools, Held()))
        {
            var key = (task.Dag.Id, task.Interval.Start);
            var run = _runs[key];
            AssertMayStart(task, run);
            var queued = run.Task(task.Task.Id).Become(TaskState.Queued, Now);
            var started = queued.Start(Now);
            _runs[key] = run.With(task.Task.Id, started);
            _work.Enqueue((task.Dag.Id, task.Interval.Start, task.Task.Id, started.Tries), Now + Duration());
        }
    }

    private static void AssertMayStart(ReadyTask task, DagRun run)
    {
        var upstream = task.Task.Upstream.Select(id => run.Task(id).State).ToList();
        switch (task.Task.TriggerRule)
        {
            case TriggerRule.AllSuccess:
                Assert.All(upstream, state => Assert.Equal(TaskState.Success, state));
                break;
            case TriggerRule.AllDone or TriggerRule.NoneFailed:
                Assert.All(upstream, state => Assert.True(state.IsFinished()));
                break;
            case TriggerRule.OneFailed when upstream.Count > 0:
                Assert.Contains(upstream, state => state is TaskState.Failed or TaskState.UpstreamFailed);
                break;
        }
    }

    private void Finish()
    {
        while (_work.TryPeek(out var work, out var at) && at <= Now)
        {
            _work.Dequeue();
            var key = (work.DagId, work.Start);
            var task = _dags[work.DagId].Tasks.Single(task => task.Id == work.TaskId);
            var instance = _runs[key].Task(work.TaskId);
            Assert.Equal((TaskState.Running, work.Try), (instance.State, instance.Tries));
            var fate = random.NextDouble();
            _runs[key] = _runs[key]
                .With(
                    work.TaskId,
                    fate < Faults.Failure ? instance.Fail(task.Retry, Now, random.NextDouble(), "failed")
                        : fate < Faults.Failure + Faults.Loss
                            ? instance.Fail(task.Retry, Now, random.NextDouble(), "its worker was lost")
                        : fate < Faults.Failure + Faults.Loss + Faults.HandBack
                            ? instance.HandBack(Now, "the worker shut down")
                        : instance.Become(TaskState.Success, Now)
                );
        }
    }

    private IEnumerable<(string Pool, string DagId)> Held() =>
        from run in _runs.Values
        where run.IsActive
        from task in _dags[run.DagId].Tasks
        where run.Task(task.Id).State.HoldsSlot()
        select (task.Pool, run.DagId);

    private void Check()
    {
        Steps++;
        var held = Held().ToList();
        Assert.All(
            held.GroupBy(slot => slot.Pool),
            pool => Assert.True(pool.Count() <= pools.GetValueOrDefault(pool.Key, Pools.DefaultSlots))
        );
        foreach (var dag in dags)
        {
            Assert.True(held.Count(slot => slot.DagId == dag.Id) <= dag.MaxActiveTasks);
            var running = _runs.Values.Count(run => run.DagId == dag.Id && run.State == RunState.Running);
            Assert.True(running <= dag.MaxActiveRuns);
            MostRuns = Math.Max(MostRuns, running);
        }
    }
}
