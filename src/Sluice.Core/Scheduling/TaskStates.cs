namespace Sluice.Core.Scheduling;

/// <summary>The names of states as Airflow spells them.</summary>
public static class TaskStates
{
    /// <summary>The name: <c>upstream_failed</c>.</summary>
    public static string ToName(this TaskState state) =>
        state switch
        {
            TaskState.Running => "running",
            TaskState.Success => "success",
            TaskState.Failed => "failed",
            TaskState.UpstreamFailed => "upstream_failed",
        };
}
