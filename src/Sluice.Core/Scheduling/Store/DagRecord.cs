using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Store;

/// <summary>What the store keeps of a DAG besides its runs.</summary>
/// <param name="IsPaused">Whether nothing new of it starts.</param>
/// <param name="Latest">The latest interval that its schedule had a run for; null where it had none.</param>
/// <param name="Missed">The start of the last interval that was said to be late while it had no run; null where none was.</param>
public readonly record struct DagRecord(bool IsPaused, DataInterval? Latest, DateTimeOffset? Missed = null);
