namespace Sluice.Core.Scheduling;

/// <summary>Pools: of the tasks of all DAGs that name one, only so many are at work at a time.</summary>
public static class Pools
{
    /// <summary>The pool of tasks that name none, as Airflow calls it.</summary>
    public const string Default = "default_pool";

    /// <summary>The slots of a pool where nothing else is written, as in Airflow.</summary>
    public const int DefaultSlots = 128;
}
