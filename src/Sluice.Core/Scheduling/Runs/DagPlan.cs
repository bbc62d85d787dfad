using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Runs;

/// <summary>What the scheduler does about a DAG at an instant.</summary>
/// <param name="Runs">The runs that are new or changed, as they are to be.</param>
/// <param name="Ready">Tasks that may have a slot, in order.</param>
/// <param name="WakeAt">When something comes due by the clock alone; null where nothing will.</param>
public sealed record DagPlan(IReadOnlyList<DagRun> Runs, IReadOnlyList<ReadyTask> Ready, DateTimeOffset? WakeAt)
{
    /// <summary>The latest interval that its schedule now has a run for; null where that is as it was.</summary>
    public DataInterval? Latest { get; init; }
}
