using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Service;

/// <summary>A run that someone does by hand, in a process of their own.</summary>
internal static class OwnRun
{
    /// <summary>Makes the run, or takes over the one that is there, and begins it from its first task.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dag">The DAG.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="worker">Who does it.</param>
    /// <param name="isGone">Whether a worker is known to be gone.</param>
    /// <returns>Another worker that is at it, and has to end first; null where the run was taken.</returns>
    public static string? Take(
        IRunTransaction store,
        DagDefinition dag,
        DataInterval interval,
        string worker,
        Func<string, bool> isGone
    )
    {
        var living = store
            .Workers()
            .Where(known => known.LeaseUntil > store.Now && known.Id != worker && !isGone(known.Id))
            .Select(known => known.Id)
            .ToHashSet(StringComparer.Ordinal);
        var there = store.Find(dag.Id, interval.Start);
        var atIt = there
            ?.Tasks.Values.Select(task => task.Claim?.Worker)
            .Append(there.IsActive ? there.Owner : null)
            .FirstOrDefault(name => name is not null && living.Contains(name));
        if (atIt is not null)
        {
            return atIt;
        }

        store.Renew(worker, new SchedulerOptions(worker).Lease);
        var run =
            there is null || there.Interval != interval
                ? new DagRun(dag.Id, interval, RunKind.Manual) { Since = store.Now }
                : FromTheStart(there, store.Now);
        store.Save(run.Begin(store.Now) with { Owner = worker });
        return null;
    }

    /// <summary>Whoever did the run is gone: anybody does it, from its first task, since what was pinned went with them.</summary>
    public static DagRun SetFree(DagRun run, DateTimeOffset now) => FromTheStart(run, now) with { Owner = null };

    private static DagRun FromTheStart(DagRun run, DateTimeOffset now) =>
        run.With(
            run.Tasks.Select(task =>
                KeyValuePair.Create(
                    task.Key,
                    task.Value with
                    {
                        State = TaskState.None,
                        Since = now,
                        TriesBefore = task.Value.Tries,
                        RetryAt = null,
                        Claim = null,
                        Reason = null,
                    }
                )
            )
        );

    /// <summary>The run was stopped by whoever began it: nobody goes on with it by himself.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dag">The DAG.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="worker">Who began it.</param>
    /// <returns>Whether there was anything to stop.</returns>
    public static bool GiveUp(IRunTransaction store, DagDefinition dag, DataInterval interval, string worker)
    {
        if (store.Find(dag.Id, interval.Start) is not { IsActive: true } run || run.Owner != worker)
        {
            return false;
        }

        store.Save(run with { State = RunState.Failed, Since = store.Now, Owner = null });
        return true;
    }
}
