namespace Sluice.Core.Scheduling.Service;

/// <summary>What a backfill does with runs that are there, in Airflow's words.</summary>
public enum Reprocess
{
    /// <summary>It leaves them.</summary>
    None,

    /// <summary>It clears those that failed.</summary>
    Failed,

    /// <summary>It clears all that are over.</summary>
    Completed,
}
