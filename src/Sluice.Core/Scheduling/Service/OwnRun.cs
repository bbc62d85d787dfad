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
    /// <exception cref="DefinitionException">Another worker is at it.</exception>
    public static void Take(
        IRunTransaction store,
        DagDefinition dag,
        DataInterval interval,
        string worker,
        Func<string, bool> isGone
    )
    {
        store.Renew(worker, new SchedulerOptions(worker).Lease);
        var living = store
            .Workers()
            .Where(known => known.LeaseUntil > store.Now && known.Id != worker && !isGone(known.Id))
            .Select(known => known.Id)
            .ToHashSet(StringComparer.Ordinal);
        var there = store.Find(dag.Id, interval.Start);
        var other = there is null
            ? null
            : there
                .Tasks.Values.Select(task => task.Claim?.Worker)
                .Append(there.IsActive ? there.Owner : null)
                .FirstOrDefault(name => name is not null && living.Contains(name));
        if (other is not null)
        {
            throw new DefinitionException(
                $"{dag.Id} is being run for {interval.Ds} by another process ({other}).",
                $"'sluice runs show {dag.Id} {interval.Ds}' shows how far it is."
            );
        }

        var run =
            there is null || there.Interval != interval
                ? new DagRun(dag.Id, interval, RunKind.Manual) { Since = store.Now }
                : FromTheStart(there, store.Now);
        store.Save(run.Begin(store.Now) with { Owner = worker });
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
    public static void GiveUp(IRunTransaction store, DagDefinition dag, DataInterval interval)
    {
        var run = store.Find(dag.Id, interval.Start)!;
        if (run.IsActive)
        {
            store.Save(run with { State = RunState.Failed, Since = store.Now, Owner = null });
        }
    }
}
