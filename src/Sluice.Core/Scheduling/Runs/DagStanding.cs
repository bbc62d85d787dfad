using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Runs;

/// <summary>What is known of a DAG when it is planned.</summary>
/// <param name="Dag">The DAG.</param>
/// <param name="Latest">The latest interval that its schedule had a run for; null where it had none.</param>
/// <param name="Active">Its runs that are not over, the earliest interval first.</param>
public sealed record DagStanding(DagDefinition Dag, DataInterval? Latest, IReadOnlyList<DagRun> Active)
{
    /// <summary>Whether nothing of it starts until someone lets it go on.</summary>
    public bool IsPaused { get; init; }
}
