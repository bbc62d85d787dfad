namespace Sluice.Core.Scheduling;

/// <summary>So many tasks of all DAGs may be at work at a time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Slots">How many.</param>
public sealed record PoolDefinition(string Name, int Slots)
{
    /// <summary>The pool of tasks that name none, as Airflow calls it.</summary>
    public const string Default = "default_pool";

    /// <summary>Its slots where nothing else is written, as in Airflow.</summary>
    public const int DefaultSlots = 128;
}
