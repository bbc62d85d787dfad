namespace Sluice.Core.Scheduling;

/// <summary>How a run ended.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="States">The state of every task.</param>
public sealed record DagRunResult(string DagId, IReadOnlyDictionary<string, TaskState> States)
{
    /// <summary>Whether every task succeeded.</summary>
    public bool Succeeded => States.Values.All(state => state == TaskState.Success);
}
