namespace Sluice.Core.Scheduling;

/// <summary>What is wrong with a task.</summary>
/// <param name="DagId">Its DAG.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do.</param>
public sealed record DagProblem(string DagId, string TaskId, string Message, string Hint);
