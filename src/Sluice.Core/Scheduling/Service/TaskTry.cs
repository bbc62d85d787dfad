using Sluice.Core.Scheduling.Runs;

namespace Sluice.Core.Scheduling.Service;

/// <summary>One try of a task that a worker has claimed.</summary>
/// <param name="Dag">The DAG.</param>
/// <param name="Run">The run, as it was when it was claimed.</param>
/// <param name="Task">The task.</param>
public sealed record TaskTry(DagDefinition Dag, DagRun Run, TaskDefinition Task)
{
    /// <summary>Its number, from 1.</summary>
    public int Number => Instance.Tries;

    /// <summary>The claim, with the fencing token for all that it writes.</summary>
    public TaskClaim Claim => Instance.Claim!;

    /// <summary>Whether what was done before is to be done again.</summary>
    public bool IsAgain => Instance.IsAgain;

    private TaskInstance Instance => Run.Task(Task.Id);
}
