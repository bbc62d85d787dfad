using Sluice.Core.Scheduling.States;

namespace Sluice.Core.Scheduling;

/// <summary>What a task does. The cases below are all there are.</summary>
public abstract record TaskWork
{
    private TaskWork() { }

    /// <summary>Nothing: a point that others wait for.</summary>
    public sealed record Empty : TaskWork;

    /// <summary>Load one table of a source into the raw zone.</summary>
    public sealed record Extract(string Source, string Table) : TaskWork;

    /// <summary>Wait for a task of another DAG, or its whole run.</summary>
    /// <param name="DagId">The DAG.</param>
    /// <param name="TaskId">The task; null for the run.</param>
    public sealed record WaitFor(string DagId, string? TaskId) : TaskWork
    {
        /// <summary>Which of its runs.</summary>
        public WaitMatch Match { get; init; }

        /// <summary>How much earlier the logical date is that is waited for; below zero for a later one.</summary>
        public TimeSpan Offset { get; init; }

        /// <summary>The states that end the wait well.</summary>
        public IReadOnlySet<TaskState> AllowedStates { get; init; } = new HashSet<TaskState> { TaskState.Success };

        /// <summary>The states that end it at once as failed.</summary>
        public IReadOnlySet<TaskState> FailedStates { get; init; } =
            new HashSet<TaskState> { TaskState.Failed, TaskState.UpstreamFailed, TaskState.Skipped };

        /// <summary>How long it waits at most.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromDays(7);

        /// <summary>Whether it ends as skipped where it would fail.</summary>
        public bool SoftFail { get; init; }

        /// <summary>What is waited for, as people write it: <c>dag.task</c> or <c>dag</c>.</summary>
        public string Target => TaskId is null ? DagId : $"{DagId}.{TaskId}";
    }

    /// <summary>Run a command of the system's shell.</summary>
    /// <param name="Command">The command, a template: <c>{{ ds }}</c>.</param>
    public sealed record Shell(string Command) : TaskWork;

    /// <summary>Ask a question of the current build.</summary>
    /// <param name="Statement">A SELECT, a template.</param>
    /// <param name="To">The CSV, JSON or Parquet file its rows replace, from the project's folder, a template; null to log the first of them.</param>
    public sealed record Sql(string Statement, string? To) : TaskWork;

    /// <summary>Send a request and follow redirects; an answer that is none of 200 to 299 fails it.</summary>
    /// <param name="Method"><c>GET</c>, <c>POST</c> and so on.</param>
    /// <param name="Url">Where to, a template.</param>
    public sealed record Http(string Method, string Url) : TaskWork
    {
        /// <summary>Headers by name, their values templates.</summary>
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

        /// <summary>What is sent, a template; null for nothing.</summary>
        public string? Body { get; init; }
    }

    /// <summary>Pin the versions of the raw tables that the models will read.</summary>
    public sealed record PinInputs : TaskWork;

    /// <summary>Build one model.</summary>
    public sealed record Model(string Name) : TaskWork;

    /// <summary>Run the tests that read more than one model and what it reads.</summary>
    public sealed record DataTests : TaskWork;

    /// <summary>Build the journeys index of an event table.</summary>
    public sealed record Index(string Table) : TaskWork;

    /// <summary>Publish the build that names what the models made.</summary>
    public sealed record PublishBuild : TaskWork;
}
