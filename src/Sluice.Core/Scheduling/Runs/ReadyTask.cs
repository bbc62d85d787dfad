using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Runs;

/// <summary>A task that could start, if it had its slots.</summary>
/// <param name="Dag">Its DAG.</param>
/// <param name="Interval">The interval of its run.</param>
/// <param name="Task">The task.</param>
public sealed record ReadyTask(DagDefinition Dag, DataInterval Interval, TaskDefinition Task);
