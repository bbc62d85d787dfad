using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;

namespace Sluice.Core.Scheduling.Service;

/// <summary>Lets tasks run again, and marks what was made from them in other DAGs.</summary>
/// <param name="dags">All DAGs.</param>
public sealed class RunClearing(DagSet dags)
{
    // No wait reaches farther than this from the start of its own interval to that of its target.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(400);

    /// <summary>Clears tasks of a run.</summary>
    /// <param name="store">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="taskIds">The tasks.</param>
    /// <returns>What is stale by it, in other DAGs.</returns>
    public IReadOnlyList<StaleTasks> Clear(IRunTransaction store, DagRun run, IReadOnlyCollection<string> taskIds)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(taskIds);
        store.Save(run.Clear(taskIds, store.Now));
        var stale = new List<StaleTasks>();
        var due = new Queue<(DagRun Run, IReadOnlyCollection<string> Tasks)>([(run, taskIds)]);
        while (due.TryDequeue(out var at))
        {
            foreach (var (other, tasks) in Dependents(store, at.Run, at.Tasks))
            {
                store.Save(
                    other.With(tasks.Select(id => KeyValuePair.Create(id, other.Task(id) with { IsStale = true })))
                );
                stale.Add(new(other, tasks));
                due.Enqueue((other, tasks));
            }
        }

        return stale;
    }

    // Tasks that are done and come after a wait for one of these.
    private IEnumerable<(DagRun Run, IReadOnlyList<string> Tasks)> Dependents(
        IRunReader store,
        DagRun run,
        IReadOnlyCollection<string> taskIds
    )
    {
        var target = dags.Get(run.DagId);
        foreach (var dag in dags.WaitersFor(run.DagId).Select(dags.Get))
        {
            var waits = dag.Tasks.Where(task =>
                task.Work is TaskWork.WaitFor wait
                && wait.DagId == run.DagId
                && (wait.TaskId is null || taskIds.Contains(wait.TaskId))
            );
            foreach (var task in waits.ToList())
            {
                var wait = (TaskWork.WaitFor)task.Work;
                var near = store.Between(dag.Id, run.Interval.Start - Reach, run.Interval.End + Reach);
                foreach (
                    var other in near.Where(other =>
                        WaitJudge.TargetOf(wait, other.Interval, target) == run.Interval.Start
                    )
                )
                {
                    IReadOnlyList<string> tasks =
                    [
                        .. dag.WithDownstream(task.Id)
                            .Where(id =>
                                id != task.Id && other.Task(id) is { State: TaskState.Success, IsStale: false }
                            ),
                    ];
                    if (tasks.Count > 0)
                    {
                        yield return (other, tasks);
                    }
                }
            }
        }
    }
}
