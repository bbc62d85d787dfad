using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;

namespace Sluice.Core.Scheduling.Service;

/// <summary>Plans DAGs over what the store has, writes what changes and claims what may start; all in the caller's transaction.</summary>
/// <param name="dags">All DAGs.</param>
/// <param name="options">Whose plan it is.</param>
/// <param name="jitter">Draws from 0 to 1.</param>
internal sealed class StorePlanning(DagSet dags, SchedulerOptions options, Func<double> jitter)
{
    /// <summary>Plans some DAGs, and those that wait for what becomes of them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dagIds">The DAGs.</param>
    /// <param name="free">How many tasks may be claimed.</param>
    public Planned Plan(IRunTransaction store, IEnumerable<string> dagIds, int free)
    {
        var (result, ready) = (new Planned(), new Dictionary<string, IReadOnlyList<ReadyTask>>(StringComparer.Ordinal));
        var planner = new DagPlanner(dags.ById, store, jitter);
        var due = new Queue<string>(dagIds.Where(dags.ById.ContainsKey));
        while (due.TryDequeue(out var id))
        {
            var dag = dags.ById[id];
            var before = store.Active(id);
            var plan = options.OwnRunsOnly
                ? OwnPlan(planner, dag, before, store.Now)
                : planner.Plan(new(dag, store.Dag(id).Latest, before) { IsPaused = store.Dag(id).IsPaused }, store.Now);
            if (plan.Latest is { } latest)
            {
                store.SaveLatest(id, latest);
            }

            foreach (var run in plan.Runs)
            {
                store.Save(run);
                Tell(result, dag, before.FirstOrDefault(old => old.Interval == run.Interval), run);
            }

            if (plan.Runs.Count > 0)
            {
                // A run that is over makes room for another, and ends waits.
                due.Enqueue(id);
                foreach (var waiter in dags.WaitersFor(id).Where(waiter => !due.Contains(waiter)))
                {
                    due.Enqueue(waiter);
                }
            }

            ready[id] = plan.Ready;
            result.Wakes[id] = plan.WakeAt;
        }

        foreach (var id in ready.Keys.Where(_ => !options.OwnRunsOnly))
        {
            var (late, wake) = Lateness.Look(store, dags.ById[id]);
            result.Late.AddRange(late);
            result.Wakes[id] = result.Wakes[id] is { } planned && (wake is not { } at || planned < at) ? planned : wake;
        }

        Claim(store, result, [.. ready.Values.SelectMany(tasks => tasks)], free);
        return result;
    }

    private DagPlan OwnPlan(DagPlanner planner, DagDefinition dag, IReadOnlyList<DagRun> active, DateTimeOffset now)
    {
        var (changed, ready, wakes) = (new List<DagRun>(), new List<ReadyTask>(), new List<DateTimeOffset>());
        foreach (var run in active.Where(run => run.Owner == options.Worker))
        {
            var plan = planner.Advance(dag, run, now);
            changed.AddRange(plan.Runs);
            ready.AddRange(plan.Ready);
            wakes.AddRange(plan.WakeAt is { } wake ? [wake] : []);
        }

        return new(changed, ready, wakes.Count == 0 ? null : wakes.Min());
    }

    private static void Tell(Planned result, DagDefinition dag, DagRun? before, DagRun run)
    {
        foreach (var task in dag.Tasks)
        {
            var (was, now) = (before?.Task(task.Id), run.Task(task.Id));
            if (now.State.IsFinished() && was?.State != now.State)
            {
                result.Settled.Add((dag, run, task));
            }
        }

        if (!run.IsActive)
        {
            result.Over.Add((dag, run));
        }
    }

    private void Claim(IRunTransaction store, Planned result, IReadOnlyList<ReadyTask> ready, int free)
    {
        if (ready.Count == 0)
        {
            return;
        }

        var mine = ready.Where(task =>
            store.Find(task.Dag.Id, task.Interval.Start)!.Owner is var owner
            && (owner is null || owner == options.Worker)
        );
        var chosen = SlotAllocation.Choose(mine, options.Pools, store.Held().Select(PoolAndDag)).Take(free).ToList();
        foreach (var task in chosen)
        {
            var run = store.Find(task.Dag.Id, task.Interval.Start)!;
            var claim = new TaskClaim(options.Worker, store.NextToken());
            run = run.With(
                task.Task.Id,
                run.Task(task.Task.Id).Become(TaskState.Queued, store.Now).Start(store.Now, claim)
            );
            store.Save(run);
            result.Claimed.Add(new(task.Dag, run, task.Task));
        }

        result.Waiting.UnionWith(ready.Except(chosen).Select(task => task.Dag.Id));
    }

    private (string Pool, string DagId) PoolAndDag(HeldSlot held) =>
        (
            dags.ById.GetValueOrDefault(held.DagId)?.Tasks.FirstOrDefault(task => task.Id == held.TaskId)?.Pool
                ?? Pools.Default,
            held.DagId
        );
}
