namespace Sluice.Core.Scheduling;

/// <summary>The state of a task in a run, in Airflow's words.</summary>
public enum TaskState
{
    /// <summary>At work.</summary>
    Running,

    /// <summary>Done.</summary>
    Success,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Never started, since a task it depends on did not succeed.</summary>
    UpstreamFailed,
}
