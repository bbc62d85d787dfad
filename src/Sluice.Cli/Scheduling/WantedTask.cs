using Sluice.Core.Pipelines;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Time;

namespace Sluice.Cli.Scheduling;

/// <summary>A task that is to be done for an interval.</summary>
/// <param name="Dag">Its DAG.</param>
/// <param name="Task">The task.</param>
/// <param name="Interval">The interval.</param>
internal sealed record WantedTask(DagDefinition Dag, TaskDefinition Task, DataInterval Interval)
{
    /// <summary>What made its run.</summary>
    public RunKind Kind { get; init; } = RunKind.Manual;

    /// <summary>Values for the DAG's params.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();

    /// <summary>The fencing token; null for the next.</summary>
    public long? Token { get; init; }

    /// <summary>How it is to be done.</summary>
    public RunOptions Options { get; init; } = new();
}
