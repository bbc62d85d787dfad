namespace Sluice.Core.Scheduling;

/// <summary>One task.</summary>
/// <param name="Id">Its name within the DAG: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, as Airflow wants it.</param>
/// <param name="Work">What it does.</param>
/// <param name="Upstream">The tasks that must have succeeded before it starts.</param>
public sealed record TaskDefinition(string Id, TaskWork Work, IReadOnlyList<string> Upstream);
