using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;

namespace Sluice.Core.Scheduling.Service;

/// <summary>Writes how a try ended, where the word of its worker still counts.</summary>
internal static class TryEnding
{
    /// <summary>Whether a try is still its worker's: nobody cleared the task, and nobody took it over.</summary>
    public static bool IsHeld(IRunReader store, TaskTry attempt) =>
        store.Find(attempt.Dag.Id, attempt.Run.Interval.Start)?.Task(attempt.Task.Id).Claim == attempt.Claim;

    /// <summary>Writes it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="end">The end.</param>
    /// <param name="jitter">Drawn from 0 to 1.</param>
    /// <returns>The task as it is now; null where the end came too late to count.</returns>
    public static TaskInstance? Save(IRunTransaction store, TaskTryEnd end, double jitter)
    {
        var (attempt, now) = (end.Try, store.Now);
        if (!IsHeld(store, attempt))
        {
            return null;
        }

        var run = store.Find(attempt.Dag.Id, attempt.Run.Interval.Start)!;
        var (task, policy) = (run.Task(attempt.Task.Id), attempt.Task.Retry);
        task = end.Kind switch
        {
            TaskTryEndKind.Done => task.Become(
                end.Outcome!.IsSkipped ? TaskState.Skipped : TaskState.Success,
                now,
                end.Outcome.Note
            ) with
            {
                Losses = 0,
            },
            TaskTryEndKind.Lost => task.Lose(policy, now, jitter),
            TaskTryEndKind.Stopped => task.HandBack(now, "its worker was stopped"),
            TaskTryEndKind.Failed or TaskTryEndKind.Fault => task.Fail(policy, now, jitter, end.Failure!.Message) with
            {
                Losses = 0,
            },
        };
        store.Save(run.With(attempt.Task.Id, task));
        return task;
    }
}
