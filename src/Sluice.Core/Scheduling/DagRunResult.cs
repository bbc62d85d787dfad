using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;

namespace Sluice.Core.Scheduling;

/// <summary>How a run ended.</summary>
/// <param name="Dag">The DAG.</param>
/// <param name="Run">The run.</param>
public sealed record DagRunResult(DagDefinition Dag, DagRun Run)
{
    /// <summary>The state of every task, in their order.</summary>
    public IReadOnlyDictionary<string, TaskState> States { get; } =
        Dag.Tasks.ToDictionary(task => task.Id, task => Run.Task(task.Id).State, StringComparer.Ordinal);

    /// <summary>Whether every task succeeded.</summary>
    public bool Succeeded => States.Values.All(state => state == TaskState.Success);
}
