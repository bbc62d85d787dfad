namespace Sluice.Core.Scheduling.Service;

/// <summary>How a scheduler works.</summary>
/// <param name="Worker">Its name in the store: of no other process, now or ever.</param>
public sealed record SchedulerOptions(string Worker)
{
    /// <summary>Tasks that it has at work at a time, from 1.</summary>
    public int Parallelism { get; init; } = 16;

    /// <summary>The slots of pools, by name; those that are not named have <see cref="Pools.DefaultSlots"/>.</summary>
    public IReadOnlyDictionary<string, int> Pools { get; init; } = new Dictionary<string, int>();

    /// <summary>How long after its last sign of life its tasks are given to others; it gives three in that time.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a worker is known to be gone though its lease is not over: a process of this machine that ended.</summary>
    public Func<string, bool> IsGone { get; init; } = _ => false;

    /// <summary>How long tasks may go on once it is told to stop; then they are handed back.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>Whether it works on the runs alone that it owns, and makes none.</summary>
    public bool OwnRunsOnly { get; init; }

    /// <summary>The greatest fencing token that the lake has seen: those of the store are above it.</summary>
    public long TokensAbove { get; init; }

    /// <summary>Of jitter and the like.</summary>
    public int Seed { get; init; }
}
