using System.Globalization;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Runs;

/// <summary>A run of a DAG for one interval; there is at most one. Immutable.</summary>
/// <param name="DagId">The DAG.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Kind">What made it.</param>
public sealed record DagRun(string DagId, DataInterval Interval, RunKind Kind)
{
    private static readonly IReadOnlyDictionary<string, string> NoParams = new Dictionary<string, string>();
    private static readonly IReadOnlyDictionary<string, TaskInstance> NoTasks = new Dictionary<string, TaskInstance>();

    /// <summary>Its state.</summary>
    public RunState State { get; init; }

    /// <summary>When it came into that state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it first ran since it was made or cleared; null where it has not yet.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The only worker that may work on it; null for any.</summary>
    public string? Owner { get; init; }

    /// <summary>The values of <c>{{ params.x }}</c> that it was triggered with.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = NoParams;

    /// <summary>Whether it was found late, and that was said.</summary>
    public bool IsLate { get; init; }

    /// <summary>The tasks that something has happened to, by id.</summary>
    public IReadOnlyDictionary<string, TaskInstance> Tasks { get; init; } = NoTasks;

    /// <summary>Its name, as Airflow makes it: <c>scheduled__2015-05-01T00:00:00+00:00</c>.</summary>
    public string Id =>
        string.Create(CultureInfo.InvariantCulture, $"{KindName}__{Interval.Start:yyyy-MM-ddTHH:mm:sszzz}");

    /// <summary>What made it, as Airflow spells it.</summary>
    public string KindName =>
        Kind switch
        {
            RunKind.Scheduled => "scheduled",
            RunKind.Manual => "manual",
            RunKind.Backfill => "backfill",
        };

    /// <summary>Whether it is not over.</summary>
    public bool IsActive => State is RunState.Queued or RunState.Running;

    /// <summary>The run, running.</summary>
    public DagRun Begin(DateTimeOffset now) =>
        this with
        {
            State = RunState.Running,
            Since = now,
            StartedAt = StartedAt ?? now,
        };

    /// <summary>A task of it.</summary>
    public TaskInstance Task(string id) => Tasks.GetValueOrDefault(id) ?? new(TaskState.None, Since);

    /// <summary>The run with some tasks changed.</summary>
    public DagRun With(IEnumerable<KeyValuePair<string, TaskInstance>> changes)
    {
        var tasks = new Dictionary<string, TaskInstance>(Tasks, StringComparer.Ordinal);
        foreach (var (id, task) in changes)
        {
            tasks[id] = task;
        }

        return this with
        {
            Tasks = tasks,
        };
    }

    /// <summary>The run with one task changed.</summary>
    public DagRun With(string id, TaskInstance task) => With([KeyValuePair.Create(id, task)]);

    /// <summary>Clears a task, and with it all that come after it: the run goes on.</summary>
    /// <param name="dag">Its DAG.</param>
    /// <param name="taskId">The task; null for all.</param>
    /// <param name="now">When.</param>
    public DagRun Clear(DagDefinition dag, string? taskId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(dag);
        return Clear(taskId is null ? [.. dag.Tasks.Select(task => task.Id)] : dag.WithDownstream(taskId), now);
    }

    /// <summary>Someone says what a task has come to; what never started for it may start now. Of all, the run is over.</summary>
    /// <param name="dag">Its DAG.</param>
    /// <param name="taskId">The task; null for all.</param>
    /// <param name="state">What it has come to: a success or a failure.</param>
    /// <param name="now">When.</param>
    public DagRun Mark(DagDefinition dag, string? taskId, TaskState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(dag);
        // The run may have tasks that its DAG no longer has.
        var marked = taskId is null ? dag.Tasks.Select(task => task.Id).Union(Tasks.Keys) : [taskId];
        var kept = taskId is null
            ? []
            : dag.WithDownstream(taskId).Where(id => id != taskId && Task(id).State == TaskState.UpstreamFailed);
        return With([
            .. marked.Select(id => KeyValuePair.Create(id, Task(id).Mark(state, now))),
            .. kept.Select(id => KeyValuePair.Create(id, Task(id).Clear(now))),
        ]) with
        {
            // Of one task, what the run has come to is found anew.
            State =
                taskId is not null ? RunState.Queued
                : state == TaskState.Success ? RunState.Success
                : RunState.Failed,
            Since = now,
        };
    }

    /// <summary>Clears some tasks: the run goes on.</summary>
    /// <param name="taskIds">The tasks.</param>
    /// <param name="now">When.</param>
    public DagRun Clear(IEnumerable<string> taskIds, DateTimeOffset now) =>
        With(taskIds.Select(id => KeyValuePair.Create(id, Task(id).Clear(now)))) with
        {
            State = RunState.Queued,
            Since = now,
            StartedAt = null,
            Owner = null,
        };
}
