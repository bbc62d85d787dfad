namespace Sluice.Core.Scheduling;

/// <summary>What a task does. The cases below are all there are.</summary>
public abstract record TaskWork
{
    private TaskWork() { }

    /// <summary>Nothing: a point that others wait for.</summary>
    public sealed record Empty : TaskWork;

    /// <summary>Load one table of a source into the raw zone.</summary>
    public sealed record Extract(string Source, string Table) : TaskWork;

    /// <summary>Wait for a task of another DAG with the same logical date.</summary>
    public sealed record WaitFor(string DagId, string TaskId) : TaskWork;

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
