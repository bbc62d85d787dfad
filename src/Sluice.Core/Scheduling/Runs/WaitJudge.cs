using System.Globalization;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Runs;

/// <summary>Judges waits for other DAGs.</summary>
public static class WaitJudge
{
    /// <summary>The first instant of the interval that a wait means; null where the other DAG has none such.</summary>
    /// <param name="wait">The wait.</param>
    /// <param name="own">The interval of its run.</param>
    /// <param name="other">The DAG that it waits for.</param>
    public static DateTimeOffset? TargetOf(TaskWork.WaitFor wait, DataInterval own, DagDefinition other)
    {
        ArgumentNullException.ThrowIfNull(wait);
        ArgumentNullException.ThrowIfNull(other);
        var start = own.Start - wait.Offset;
        if (other.Timetable is ManualTimetable)
        {
            // It has the intervals that it is triggered for.
            return start;
        }

        var target = wait.Match switch
        {
            WaitMatch.Same => other.Timetable.StartingAt(start),
            WaitMatch.Containing => other.Timetable.Containing(start),
            WaitMatch.LastEnded => other.Timetable.LastEndedBy(own.End - wait.Offset),
        };
        return target is { } found && other.Has(found) ? found.Start : null;
    }

    /// <summary>What has become of a wait.</summary>
    /// <param name="wait">The wait.</param>
    /// <param name="waiting">Its task, deferred.</param>
    /// <param name="start">The first instant of the interval that it means; null where there is none.</param>
    /// <param name="states">The runs.</param>
    /// <param name="now">The time.</param>
    /// <returns>
    /// <see cref="TaskState.Success"/>, or <see cref="TaskState.Failed"/> or <see cref="TaskState.Skipped"/> with the reason, or
    /// <see cref="TaskState.Deferred"/> where it goes on.
    /// </returns>
    public static (TaskState State, string? Reason) Judge(
        TaskWork.WaitFor wait,
        TaskInstance waiting,
        DateTimeOffset? start,
        IRunStates states,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(wait);
        ArgumentNullException.ThrowIfNull(waiting);
        ArgumentNullException.ThrowIfNull(states);
        var run = start is { } first ? states.Find(wait.DagId, first) : null;
        var state = run is null ? null : StateOf(wait, run);
        var givenUp = wait.SoftFail ? TaskState.Skipped : TaskState.Failed;
        return state is { } known && wait.AllowedStates.Contains(known) ? (TaskState.Success, null)
            : state is { } bad && wait.FailedStates.Contains(bad)
                ? (givenUp, $"Waited for {wait.Target} of {Name(start)}: it is {bad.ToName()}.")
            : start is null ? (givenUp, $"{wait.DagId} has no interval that {wait.Target} could be of.")
            : now >= waiting.Since + wait.Timeout
                ? (givenUp, $"Waited {Span(wait.Timeout)} for {wait.Target} of {Name(start)}: {Standing(wait, run)}.")
            : (TaskState.Deferred, null);
    }

    private static TaskState? StateOf(TaskWork.WaitFor wait, DagRun run) =>
        wait.TaskId is { } task
            ? run.Task(task).State
            : run.State switch
            {
                RunState.Queued => TaskState.Queued,
                RunState.Running => TaskState.Running,
                RunState.Success => TaskState.Success,
                RunState.Failed => TaskState.Failed,
            };

    private static string Standing(TaskWork.WaitFor wait, DagRun? run) =>
        run is null ? "there is no such run"
        : wait.TaskId is { } task ? $"it is {run.Task(task).State.ToName()}, and the run is {Name(run.State)}"
        : $"the run is {Name(run.State)}";

    private static string Name(RunState state) =>
        state switch
        {
            RunState.Queued => "queued",
            RunState.Running => "running",
            RunState.Success => "over",
            RunState.Failed => "over, and failed",
        };

    private static string Name(DateTimeOffset? start) =>
        start is { } first ? string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM-ddTHH:mmZ}") : "no interval";

    private static string Span(TimeSpan span) =>
        span.TotalHours >= 1 && span.Ticks % TimeSpan.TicksPerHour == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0}h")
            : span.ToString("c", CultureInfo.InvariantCulture);
}
