using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;

namespace Sluice.Core.Scheduling;

/// <summary>Something that happens while a DAG runs. The cases below are all there are.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="Task">The task.</param>
public abstract record TaskEvent(string DagId, TaskDefinition Task)
{
    /// <summary>Its run; null where there is none to speak of.</summary>
    public DagRun? Run { get; init; }

    /// <summary>The task begins.</summary>
    public sealed record Started(string DagId, TaskDefinition Task) : TaskEvent(DagId, Task);

    /// <summary>The task has come to so many rows.</summary>
    public sealed record Advanced(string DagId, TaskDefinition Task, TaskProgress Progress) : TaskEvent(DagId, Task);

    /// <summary>Something happened that belongs into the log.</summary>
    public sealed record Noted(string DagId, TaskDefinition Task, string Text) : TaskEvent(DagId, Task);

    /// <summary>The task ended, or will never start.</summary>
    public sealed record Ended(string DagId, TaskDefinition Task, TaskState State, TimeSpan Elapsed)
        : TaskEvent(DagId, Task)
    {
        /// <summary>What it did; null unless it succeeded.</summary>
        public TaskOutcome? Outcome { get; init; }

        /// <summary>Why it failed; null unless it did.</summary>
        public Exception? Failure { get; init; }
    }
}
