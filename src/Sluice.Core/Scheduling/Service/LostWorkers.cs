using Sluice.Core.Scheduling.Store;

namespace Sluice.Core.Scheduling.Service;

/// <summary>Takes tasks from workers whose lease is over.</summary>
internal static class LostWorkers
{
    /// <summary>Frees all that they hold; their word counts no longer.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dags">The DAGs.</param>
    /// <param name="options">Those of the scheduler that looks: it lives.</param>
    /// <param name="jitter">Draws from 0 to 1.</param>
    /// <returns>The DAGs that are to be planned for it.</returns>
    public static IReadOnlySet<string> Reap(
        IRunTransaction store,
        DagSet dags,
        SchedulerOptions options,
        Func<double> jitter
    )
    {
        var living = new HashSet<string>(StringComparer.Ordinal) { options.Worker };
        var lost = new List<string>();
        foreach (var worker in store.Workers().Where(worker => worker.Id != options.Worker))
        {
            if (worker.LeaseUntil > store.Now && !options.IsGone(worker.Id))
            {
                living.Add(worker.Id);
            }
            else
            {
                lost.Add(worker.Id);
            }
        }

        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var held in store.Held().Where(held => !living.Contains(held.Worker)))
        {
            var run = store.Find(held.DagId, held.Start)!;
            var policy =
                dags.ById.GetValueOrDefault(held.DagId)?.Tasks.FirstOrDefault(task => task.Id == held.TaskId)?.Retry
                ?? RetryPolicy.None;
            store.Save(run.With(held.TaskId, run.Task(held.TaskId).Lose(policy, store.Now, jitter())));
            changed.Add(held.DagId);
        }

        lost.ForEach(store.Remove);
        var owned = lost.Count == 0 ? [] : dags.All.SelectMany(dag => store.Active(dag.Id)).ToList();
        foreach (var run in owned.Where(run => run.Owner is { } owner && !living.Contains(owner)))
        {
            store.Save(OwnRun.SetFree(run, store.Now));
            changed.Add(run.DagId);
        }

        return changed;
    }
}
