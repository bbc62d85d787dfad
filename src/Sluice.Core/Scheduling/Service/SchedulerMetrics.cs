using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Service;

/// <summary>What the scheduler tells of itself to OpenTelemetry: meter and activity source <c>Sluice.Scheduler</c>.</summary>
public static class SchedulerMetrics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Sluice.Scheduler";

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Tries = Meter.CreateHistogram<double>(
        "sluice.scheduler.try.duration",
        "s",
        "Tries of tasks, by DAG, task and the state that they ended in.",
        tags: null,
        new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 12 * 3600] }
    );
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "sluice.scheduler.runs",
        "{run}",
        "Runs that are over, by DAG and state."
    );
    private static readonly Histogram<double> Delays = Meter.CreateHistogram<double>(
        "sluice.scheduler.delay",
        "s",
        "From the instant at which a scheduled run could begin to that at which it did.",
        tags: null,
        new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 300, 3600] }
    );
    private static readonly Counter<long> Late = Meter.CreateCounter<long>(
        "sluice.scheduler.late",
        "{run}",
        "Runs that were not done by their deadline."
    );

    private static readonly ActivitySource Activities = new(Name);

    /// <summary>Begins the span of a task that is run alone; null where nobody listens.</summary>
    /// <param name="dagId">Its DAG.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="interval">For which interval.</param>
    /// <param name="parent">The span of the try that it belongs to; the default for none.</param>
    public static Activity? Work(string dagId, string taskId, DataInterval interval, ActivityContext parent) =>
        Start("work", dagId, taskId, interval, parent);

    /// <summary>Begins the span of a try; null where nobody listens.</summary>
    internal static Activity? Task(TaskTry attempt) =>
        Start("task", attempt.Dag.Id, attempt.Task.Id, attempt.Run.Interval, default)
            ?.SetTag("sluice.try", attempt.Number);

    internal static void Try(TaskTry attempt, TaskState? state, TimeSpan elapsed) =>
        Tries.Record(
            elapsed.TotalSeconds,
            new TagList
            {
                { "sluice.dag", attempt.Dag.Id },
                { "sluice.task", attempt.Task.Id },
                { "sluice.state", state?.ToName() ?? "refused" },
            }
        );

    internal static void Ended(DagDefinition dag, DagRun run)
    {
        Runs.Add(1, new TagList { { "sluice.dag", dag.Id }, { "sluice.state", run.State.ToName() } });
        // Of a run that was cleared it was told when it was over the first time.
        if (
            run is { Kind: RunKind.Scheduled, StartedAt: { } started }
            && run.Tasks.Values.All(task => task.TriesBefore == 0)
        )
        {
            Delays.Record(
                (started - run.Interval.End - dag.Delay).TotalSeconds,
                new TagList { { "sluice.dag", dag.Id } }
            );
        }
    }

    internal static void IsLate(DagDefinition dag) => Late.Add(1, new TagList { { "sluice.dag", dag.Id } });

    private static Activity? Start(
        string name,
        string dagId,
        string taskId,
        DataInterval interval,
        ActivityContext parent
    ) =>
        Activities
            .StartActivity(name, ActivityKind.Internal, parent)
            ?.SetTag("sluice.dag", dagId)
            .SetTag("sluice.task", taskId)
            .SetTag("sluice.data_interval", interval.Id);
}
