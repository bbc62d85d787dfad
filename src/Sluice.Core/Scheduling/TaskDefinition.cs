using Sluice.Core.Scheduling.States;

namespace Sluice.Core.Scheduling;

/// <summary>One task.</summary>
/// <param name="Id">Its name within the DAG: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, as Airflow wants it.</param>
/// <param name="Work">What it does.</param>
/// <param name="Upstream">The tasks before it.</param>
public sealed record TaskDefinition(string Id, TaskWork Work, IReadOnlyList<string> Upstream)
{
    /// <summary>What those before it must have come to.</summary>
    public TriggerRule TriggerRule { get; init; }

    /// <summary>How and how often it is tried again.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>How long one try may take; null for no bound.</summary>
    public TimeSpan? ExecutionTimeout { get; init; }

    /// <summary>The pool from which it takes a slot.</summary>
    public string Pool { get; init; } = Pools.Default;

    /// <summary>The higher, the sooner it gets a slot.</summary>
    public int PriorityWeight { get; init; } = 1;
}
