namespace Sluice.Core.Scheduling.States;

/// <summary>Judges a task by the states of those before it.</summary>
public static class TriggerRules
{
    /// <summary>What becomes of a task that has not started.</summary>
    /// <param name="rule">Its rule.</param>
    /// <param name="upstream">The states of the tasks before it.</param>
    /// <returns>
    /// <see cref="TaskState.Queued"/> where it may start, <see cref="TaskState.UpstreamFailed"/> or <see cref="TaskState.Skipped"/> where
    /// it never will, <see cref="TaskState.None"/> where it waits.
    /// </returns>
    public static TaskState Judge(TriggerRule rule, IReadOnlyCollection<TaskState> upstream)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        if (upstream.Count == 0)
        {
            return TaskState.Queued;
        }

        var anyFailed = upstream.Any(state => state is TaskState.Failed or TaskState.UpstreamFailed);
        var allDone = upstream.All(state => state.IsFinished());
        return rule switch
        {
            TriggerRule.AllSuccess => anyFailed ? TaskState.UpstreamFailed
            : !allDone ? TaskState.None
            : upstream.Contains(TaskState.Skipped) ? TaskState.Skipped
            : TaskState.Queued,
            TriggerRule.AllDone => allDone ? TaskState.Queued : TaskState.None,
            TriggerRule.OneFailed => anyFailed ? TaskState.Queued
            : allDone ? TaskState.Skipped
            : TaskState.None,
            TriggerRule.NoneFailed => anyFailed ? TaskState.UpstreamFailed
            : allDone ? TaskState.Queued
            : TaskState.None,
        };
    }
}
