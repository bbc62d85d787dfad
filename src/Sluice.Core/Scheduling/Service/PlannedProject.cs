namespace Sluice.Core.Scheduling.Service;

/// <summary>What a scheduler plans by.</summary>
/// <param name="Dags">The DAGs.</param>
/// <param name="Pools">The slots of pools, by name.</param>
public sealed record PlannedProject(DagSet Dags, IReadOnlyDictionary<string, int> Pools);
