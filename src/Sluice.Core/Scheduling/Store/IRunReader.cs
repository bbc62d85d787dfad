using Sluice.Core.Scheduling.Runs;

namespace Sluice.Core.Scheduling.Store;

/// <summary>One state of the run store.</summary>
public interface IRunReader : IRunStates
{
    /// <summary>The time of the store's own clock, UTC, when this look or change began: leases end by it, whichever machine asks.</summary>
    DateTimeOffset Now { get; }

    /// <summary>A number that grows with every change of a DAG, a run, or who the workers are.</summary>
    /// <remarks>
    /// What leaves all as it was is no change; nor is a lease that is renewed, which nobody waits for, or a token that is drawn.
    /// </remarks>
    long Change { get; }

    /// <summary>The DAGs that something was written of after a change, ordered by id.</summary>
    IReadOnlyList<string> ChangedSince(long change);

    /// <summary>What is kept of a DAG; of one that is not known, that it is not paused and had no run.</summary>
    DagRecord Dag(string dagId);

    /// <summary>The runs of a DAG that are not over, the earliest interval first.</summary>
    IReadOnlyList<DagRun> Active(string dagId);

    /// <summary>The runs of a DAG with the latest intervals, the latest first.</summary>
    IReadOnlyList<DagRun> Latest(string dagId, int most);

    /// <summary>The runs of a DAG whose intervals begin in a span, the earliest first.</summary>
    /// <param name="dagId">The DAG.</param>
    /// <param name="from">The first start that counts.</param>
    /// <param name="before">The first that no longer does.</param>
    IReadOnlyList<DagRun> Between(string dagId, DateTimeOffset from, DateTimeOffset before);

    /// <summary>All tasks that hold slots, ordered by DAG, interval and id.</summary>
    IReadOnlyList<HeldSlot> Held();

    /// <summary>All workers that have not left, those whose lease is over among them, ordered by id.</summary>
    IReadOnlyList<WorkerRecord> Workers();
}
