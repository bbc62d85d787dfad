namespace Sluice.Core.Scheduling.States;

/// <summary>The state of a task in a run, in Airflow's words.</summary>
public enum TaskState
{
    /// <summary>It waits for tasks before it, or for a slot.</summary>
    None,

    /// <summary>It waits for another DAG, and holds neither worker nor slot.</summary>
    Deferred,

    /// <summary>It has its slots and waits for a worker.</summary>
    Queued,

    /// <summary>At work.</summary>
    Running,

    /// <summary>It failed and is tried again later.</summary>
    UpForRetry,

    /// <summary>Done.</summary>
    Success,

    /// <summary>It failed, and is not tried again.</summary>
    Failed,

    /// <summary>Never started, since a task it depends on did not succeed.</summary>
    UpstreamFailed,

    /// <summary>Left out: by its trigger rule, or a wait that may be given up.</summary>
    Skipped,
}
