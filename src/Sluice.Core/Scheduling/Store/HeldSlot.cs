namespace Sluice.Core.Scheduling.Store;

/// <summary>A task that holds a slot.</summary>
/// <param name="DagId">Its DAG.</param>
/// <param name="Start">The start of its run's interval.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Worker">Who works on it; empty where nobody has claimed it.</param>
public readonly record struct HeldSlot(string DagId, DateTimeOffset Start, string TaskId, string Worker);
