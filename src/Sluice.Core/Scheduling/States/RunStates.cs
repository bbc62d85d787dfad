namespace Sluice.Core.Scheduling.States;

/// <summary>The names of the states of runs as Airflow spells them.</summary>
public static class RunStates
{
    /// <summary>The name: <c>success</c>.</summary>
    public static string ToName(this RunState state) =>
        state switch
        {
            RunState.Queued => "queued",
            RunState.Running => "running",
            RunState.Success => "success",
            RunState.Failed => "failed",
        };
}
