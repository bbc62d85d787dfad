namespace Sluice.Core.Scheduling.States;

/// <summary>The names of states as Airflow spells them, and which may follow which.</summary>
public static class TaskStates
{
    /// <summary>The name: <c>upstream_failed</c>.</summary>
    public static string ToName(this TaskState state) =>
        state switch
        {
            TaskState.None => "none",
            TaskState.Deferred => "deferred",
            TaskState.Queued => "queued",
            TaskState.Running => "running",
            TaskState.UpForRetry => "up_for_retry",
            TaskState.Success => "success",
            TaskState.Failed => "failed",
            TaskState.UpstreamFailed => "upstream_failed",
            TaskState.Skipped => "skipped",
        };

    /// <summary>The state of that name; null where there is none.</summary>
    public static TaskState? Find(string name)
    {
        foreach (var state in Enum.GetValues<TaskState>())
        {
            if (string.Equals(state.ToName(), name, StringComparison.Ordinal))
            {
                return state;
            }
        }

        return null;
    }

    /// <summary>Whether the task is over, unless someone clears it.</summary>
    public static bool IsFinished(this TaskState state) => state >= TaskState.Success;

    /// <summary>Whether it holds a slot of its pool and of its DAG.</summary>
    public static bool HoldsSlot(this TaskState state) => state is TaskState.Queued or TaskState.Running;

    /// <summary>Whether a task may go from one state to another by itself. Clearing and marking may go from any to any.</summary>
    public static bool MayBecome(this TaskState from, TaskState to) =>
        from switch
        {
            TaskState.None => to
                is TaskState.Queued
                    or TaskState.Deferred
                    or TaskState.Success // an empty task
                    or TaskState.UpstreamFailed
                    or TaskState.Skipped,
            TaskState.Deferred => to
                is TaskState.Success
                    or TaskState.Failed
                    or TaskState.Skipped
                    or TaskState.UpForRetry,
            // Back to none: handed back by a worker that shuts down, or the slot's lease was lost before a worker came.
            TaskState.Queued => to is TaskState.Running or TaskState.None,
            TaskState.Running => to
                is TaskState.Success
                    or TaskState.Failed
                    or TaskState.UpForRetry
                    or TaskState.Skipped
                    or TaskState.None,
            // What came before it may have been cleared or marked meanwhile.
            TaskState.UpForRetry => to
                is TaskState.Queued
                    or TaskState.Deferred
                    or TaskState.UpstreamFailed
                    or TaskState.Skipped,
            _ => false,
        };
}
