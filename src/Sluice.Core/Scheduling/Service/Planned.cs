using Sluice.Core.Scheduling.Runs;

namespace Sluice.Core.Scheduling.Service;

/// <summary>What came of planning some DAGs in the store.</summary>
internal sealed class Planned
{
    /// <summary>The tries that are now this worker's.</summary>
    public List<TaskTry> Claimed { get; } = [];

    /// <summary>Tasks that came to an end without having run, as they are now.</summary>
    public List<(DagDefinition Dag, DagRun Run, TaskDefinition Task)> Settled { get; } = [];

    /// <summary>Runs that are over.</summary>
    public List<(DagDefinition Dag, DagRun Run)> Over { get; } = [];

    /// <summary>Runs that were found late, and intervals that have no run though it is late; the interval's run may be null.</summary>
    public List<LateRun> Late { get; } = [];

    /// <summary>When to look at a DAG again, by DAG.</summary>
    public Dictionary<string, DateTimeOffset?> Wakes { get; } = new(StringComparer.Ordinal);

    /// <summary>DAGs of which tasks wait for a slot.</summary>
    public HashSet<string> Waiting { get; } = new(StringComparer.Ordinal);
}
