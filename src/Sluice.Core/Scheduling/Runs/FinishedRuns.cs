namespace Sluice.Core.Scheduling.Runs;

/// <summary>Runs that are over, for those of one process that wait for them.</summary>
/// <param name="results">The runs.</param>
public sealed class FinishedRuns(IReadOnlyList<DagRunResult> results) : IRunStates
{
    /// <summary>Their DAGs.</summary>
    public IEnumerable<DagDefinition> Dags => results.Select(result => result.Dag);

    /// <inheritdoc/>
    public DagRun? Find(string dagId, DateTimeOffset start) =>
        results.FirstOrDefault(result => result.Dag.Id == dagId && result.Run.Interval.Start == start)?.Run;
}
