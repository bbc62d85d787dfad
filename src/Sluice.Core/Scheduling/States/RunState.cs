namespace Sluice.Core.Scheduling.States;

/// <summary>The state of a run of a DAG, in Airflow's words.</summary>
public enum RunState
{
    /// <summary>It waits until fewer runs of its DAG are active.</summary>
    Queued,

    /// <summary>Its tasks run.</summary>
    Running,

    /// <summary>All tasks are over, and none of the last ones failed.</summary>
    Success,

    /// <summary>All tasks are over, and one of the last ones failed.</summary>
    Failed,
}
