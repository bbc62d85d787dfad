using System.Collections.Concurrent;
using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Cli.Scheduling;

/// <summary>Writes a line for whatever happens to runs, and calls those who want to know.</summary>
/// <param name="callbacks">Calls them.</param>
/// <param name="clock">The time of the lines.</param>
/// <param name="zoneOf">The zone of a DAG, by its id.</param>
internal sealed class SchedulerLog(CallbackSender callbacks, TimeProvider clock, Func<string, TimeZoneInfo> zoneOf)
    : ISchedulerListener
{
    private readonly ConcurrentDictionary<Task, byte> _calls = new();

    /// <summary>Completes when all that were called have answered.</summary>
    public Task CalledAsync() => Task.WhenAll(_calls.Keys);

    public void Report(TaskEvent value)
    {
        var name =
            $"{value.DagId}.{value.Task.Id} {(value.Run is { } of ? RunName.Of(of.Interval, zoneOf(of.DagId)) : "")}";
        switch (value)
        {
            case TaskEvent.Started:
                Write($"{name} running");
                break;
            case TaskEvent.Noted noted:
                Write($"{name}: {noted.Text}");
                break;
            case TaskEvent.Ended { Task.Work: TaskWork.Empty, State: TaskState.Success }:
                break;
            case TaskEvent.Ended ended:
                Write(
                    $"{name} {ended.State.ToName()}"
                        + (ended.Elapsed > TimeSpan.Zero ? $" after {ValueText.Span(ended.Elapsed)}" : "")
                        + (ended.Failure is { } failure ? $": {FailureReport.Words(failure).Message}" : "")
                );
                break;
        }
    }

    public void RunEnded(DagDefinition dag, DagRun run)
    {
        Write($"{dag.Id} {RunName.Of(run.Interval, dag.TimeZone)} {run.State.ToName()}");
        if (run.State == RunState.Failed && dag.OnFailure.Count > 0)
        {
            var failed = dag.Tasks.Where(task => run.Task(task.Id).State == TaskState.Failed).ToList();
            var facts = Facts("failed", dag, run.Interval);
            facts["run_id"] = run.Id;
            facts["tasks"] = string.Join(',', failed.Select(task => task.Id));
            facts["reason"] = string.Join('\n', failed.Select(task => run.Task(task.Id).Reason));
            Call(dag.OnFailure, dag, run, facts);
        }
    }

    public void RunLate(LateRun late)
    {
        var state = late.Run?.State.ToName() ?? "not there";
        Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{late.Dag.Id} {RunName.Of(late.Interval, late.Dag.TimeZone)} is late: expected by {late.Deadline:yyyy-MM-dd HH:mm} UTC, the run is {state}"
            )
        );
        var facts = Facts("late", late.Dag, late.Interval);
        facts["deadline"] = InstantText.Of(late.Deadline);
        facts["state"] = state;
        Call(late.Dag.OnLate, late.Dag, late.Run ?? NoRun(late), facts);
    }

    public void ProjectChanged(DagSet dags) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"the project has changed: {dags.All.Count} DAGs"));

    public void ProjectBroken(DefinitionException wrong) =>
        Write($"the project cannot be read, and nothing is started until it is mended: {wrong.Problem}");

    public void StoreFailed(PipelineException failure, TimeSpan pause) =>
        Write(
            $"the run store cannot be used: {failure.Message} "
                + (
                    pause > TimeSpan.Zero
                        ? $"Trying again in {ValueText.Span(pause)}."
                        : "What tasks came to is lost: others do them again."
                )
        );

    public void Write(string line)
    {
        lock (_calls)
        {
            Console.Out.WriteLine($"{InstantText.Of(clock.GetUtcNow())} {line}");
        }
    }

    private static DagRun NoRun(LateRun late) =>
        new(late.Dag.Id, late.Interval, RunKind.Scheduled) { Since = late.Deadline };

    private void Call(IReadOnlyList<Callback> whom, DagDefinition dag, DagRun run, Dictionary<string, string> facts)
    {
        var call = callbacks.SendAsync(whom, dag, run, facts);
        _calls.TryAdd(call, 0);
        _ = call.ContinueWith(done => _calls.TryRemove(done, out _), TaskScheduler.Default);
    }

    private static Dictionary<string, string> Facts(string what, DagDefinition dag, DataInterval interval) =>
        new(StringComparer.Ordinal)
        {
            ["event"] = what,
            ["dag_id"] = dag.Id,
            ["ds"] = interval.Ds,
            ["data_interval_start"] = InstantText.Of(interval.Start),
            ["data_interval_end"] = InstantText.Of(interval.End),
        };
}
