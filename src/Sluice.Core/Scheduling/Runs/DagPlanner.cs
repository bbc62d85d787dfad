using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Runs;

/// <summary>
/// Decides what becomes of a DAG: which run it gets next, and which tasks of its runs may start, are skipped, wait or are over.
/// A function of what is known and the time; it holds and touches nothing.
/// </summary>
/// <param name="dags">All DAGs, by id: those that others wait for are among them.</param>
/// <param name="states">The runs that waits look at.</param>
/// <param name="jitter">Draws from 0 to 1 for the wait before a retry.</param>
public sealed class DagPlanner(IReadOnlyDictionary<string, DagDefinition> dags, IRunStates states, Func<double> jitter)
{
    /// <summary>Plans a DAG.</summary>
    /// <param name="standing">What is known of it.</param>
    /// <param name="now">The time.</param>
    public DagPlan Plan(DagStanding standing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(standing);
        if (standing.IsPaused)
        {
            return new([], [], null);
        }

        var dag = standing.Dag;
        var (changed, ready, wakes) = (new List<DagRun>(), new List<ReadyTask>(), new List<DateTimeOffset>());
        var running = standing.Active.Count(run => run.State == RunState.Running);
        var (runs, latest) = WithNext(standing, now, wakes);
        // What a schedule asks for goes before what is made up for.
        foreach (var run in runs.OrderBy(run => run.Kind == RunKind.Backfill))
        {
            var next = run;
            if (run.State == RunState.Queued && running < dag.MaxActiveRuns)
            {
                next = run.Begin(now);
                running++;
            }

            if (next.State == RunState.Running)
            {
                var plan = Advance(dag, next, now);
                next = plan.Runs is [var advanced] ? advanced : next;
                running -= next.IsActive ? 0 : 1;
                ready.AddRange(plan.Ready);
                wakes.AddRange(plan.WakeAt is { } wake ? [wake] : []);
            }

            if (!ReferenceEquals(next, run) || !standing.Active.Contains(run))
            {
                changed.Add(next);
            }
        }

        return new(changed, ready, wakes.Count == 0 ? null : wakes.Min())
        {
            Latest = latest == standing.Latest ? null : latest,
        };
    }

    // As many runs as may be active, and no more: the others are made when there is room, and lost by no outage.
    private (List<DagRun> Runs, DataInterval? Latest) WithNext(
        DagStanding standing,
        DateTimeOffset now,
        List<DateTimeOffset> wakes
    )
    {
        var (dag, runs, latest) = (standing.Dag, standing.Active.ToList(), standing.Latest);
        while (NextOf(dag, latest, now - dag.Delay) is { } next)
        {
            if (next.End + dag.Delay > now)
            {
                wakes.Add(next.End + dag.Delay);
                break;
            }

            // Someone may have triggered it before its time came.
            if (states.Find(dag.Id, next.Start) is null)
            {
                if (runs.Count(run => run.Kind == RunKind.Scheduled) >= dag.MaxActiveRuns)
                {
                    break;
                }

                runs.Add(new(dag.Id, next, RunKind.Scheduled) { Since = now });
            }

            latest = next;
        }

        return (runs, latest);
    }

    private static DataInterval? NextOf(DagDefinition dag, DataInterval? latest, DateTimeOffset ended)
    {
        var next = dag.NextInterval(latest);
        if (dag.Catchup || next is not { } first || first.End > ended)
        {
            return next;
        }

        // The last that is over stands for all before it; where the DAG has ended by then, they were missed for good.
        return dag.Timetable.LastEndedBy(ended) is not { } last || last.Start <= first.Start ? next
            : dag.Has(last) ? last
            : null;
    }

    /// <summary>Plans one run that is running.</summary>
    /// <param name="dag">Its DAG.</param>
    /// <param name="run">The run.</param>
    /// <param name="now">The time.</param>
    /// <returns>The run, if it changes, and what of it may start.</returns>
    // Tasks stand after those before them, so that one pass carries each change through.
    public DagPlan Advance(DagDefinition dag, DagRun run, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(dag);
        ArgumentNullException.ThrowIfNull(run);
        var (ready, wakes) = (new List<ReadyTask>(), new List<DateTimeOffset>());
        var tasks = dag.Tasks.ToDictionary(task => task.Id, task => run.Task(task.Id), StringComparer.Ordinal);
        var changes = new Dictionary<string, TaskInstance>(StringComparer.Ordinal);
        foreach (var task in dag.Tasks)
        {
            var instance = tasks[task.Id];
            var after = Next(task, instance, [.. task.Upstream.Select(id => tasks[id].State)], run, now);
            if (after.State == TaskState.Queued && instance.State != TaskState.Queued)
            {
                // It stays as it is until it has its slots.
                ready.Add(new(dag, run.Interval, task));
                continue;
            }

            if (WakeOf(task, after) is { } wake && wake > now)
            {
                wakes.Add(wake);
            }

            if (after != instance)
            {
                tasks[task.Id] = changes[task.Id] = after;
            }
        }

        var state = StateOf(dag, tasks);
        var next = state == run.State ? run : run with { State = state, Since = now };
        next = changes.Count == 0 ? next : next.With(changes);
        return new(ReferenceEquals(next, run) ? [] : [next], ready, wakes.Count == 0 ? null : wakes.Min());
    }

    private TaskInstance Next(
        TaskDefinition task,
        TaskInstance instance,
        IReadOnlyCollection<TaskState> upstream,
        DagRun run,
        DateTimeOffset now
    )
    {
        switch (instance.State)
        {
            // A retry asks again: what came before it may have been cleared or marked since.
            case TaskState.None:
            case TaskState.UpForRetry when instance.RetryAt <= now:
                var judged = TriggerRules.Judge(task.TriggerRule, upstream);
                return judged == TaskState.None ? instance
                    : judged != TaskState.Queued ? instance.Become(judged, now)
                    : Begin(task, instance, run, now);
            case TaskState.Deferred when task.Work is TaskWork.WaitFor wait:
                return Wait(wait, task, instance, run, now);
            // What it waited for is no longer written.
            case TaskState.Deferred:
                return Begin(task, instance.Clear(now), run, now);
            default:
                return instance;
        }
    }

    private TaskInstance Begin(TaskDefinition task, TaskInstance instance, DagRun run, DateTimeOffset now) =>
        task.Work switch
        {
            // It may have been of another kind when it failed.
            TaskWork.Empty => (instance.State == TaskState.None ? instance : instance.Clear(now)).Become(
                TaskState.Success,
                now
            ),
            TaskWork.WaitFor wait => Wait(
                wait,
                task,
                instance.Become(TaskState.Deferred, now) with
                {
                    Tries = instance.Tries + 1,
                },
                run,
                now
            ),
            _ => instance.Become(TaskState.Queued, now),
        };

    private TaskInstance Wait(
        TaskWork.WaitFor wait,
        TaskDefinition task,
        TaskInstance instance,
        DagRun run,
        DateTimeOffset now
    )
    {
        var start = WaitJudge.TargetOf(wait, run.Interval, dags[wait.DagId]);
        var (state, reason) = WaitJudge.Judge(wait, instance, start, states, now);
        return state switch
        {
            TaskState.Deferred => instance,
            TaskState.Failed => instance.Fail(task.Retry, now, jitter(), reason!),
            _ => instance.Become(state, now, reason),
        };
    }

    private static DateTimeOffset? WakeOf(TaskDefinition task, TaskInstance instance) =>
        instance.State switch
        {
            TaskState.UpForRetry => instance.RetryAt,
            TaskState.Deferred when task.Work is TaskWork.WaitFor wait => instance.Since + wait.Timeout,
            _ => null,
        };

    // As Airflow has it: the tasks that none comes after decide.
    private static RunState StateOf(DagDefinition dag, Dictionary<string, TaskInstance> tasks)
    {
        if (!tasks.Values.All(task => task.State.IsFinished()))
        {
            return RunState.Running;
        }

        var before = dag.Tasks.SelectMany(task => task.Upstream).ToHashSet(StringComparer.Ordinal);
        return dag.Tasks.Any(task =>
            !before.Contains(task.Id) && tasks[task.Id].State is TaskState.Failed or TaskState.UpstreamFailed
        )
            ? RunState.Failed
            : RunState.Success;
    }
}
