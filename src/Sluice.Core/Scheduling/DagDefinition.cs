namespace Sluice.Core.Scheduling;

/// <summary>A directed acyclic graph of tasks, run for one data interval at a time.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Tasks">Its tasks, each after those it waits for.</param>
public sealed record DagDefinition(string Id, IReadOnlyList<TaskDefinition> Tasks);
