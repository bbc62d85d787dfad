namespace Sluice.Core.Scheduling.Runs;

/// <summary>What made a run, in Airflow's words.</summary>
public enum RunKind
{
    /// <summary>Its time had come.</summary>
    Scheduled,

    /// <summary>Someone triggered it.</summary>
    Manual,

    /// <summary>A backfill asked for it.</summary>
    Backfill,
}
