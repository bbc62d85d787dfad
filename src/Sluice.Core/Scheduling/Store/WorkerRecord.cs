namespace Sluice.Core.Scheduling.Store;

/// <summary>A process that works on tasks.</summary>
/// <param name="Id">Its id; it names the machine.</param>
/// <param name="LeaseUntil">When it is taken for dead, by the store's clock.</param>
public readonly record struct WorkerRecord(string Id, DateTimeOffset LeaseUntil);
