using System.CommandLine;
using System.Diagnostics;
using Sluice.Cli.Commands.Scheduling;
using Sluice.Cli.Output;
using Sluice.Cli.Scheduling;
using Sluice.Cli.Telemetry;
using Sluice.Core;
using Sluice.Core.Pipelines;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Cli.Commands.Tasks;

/// <summary><c>sluice tasks run</c>: one task alone.</summary>
internal static class TaskRunCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "run",
            "Runs one task of a DAG for one interval, alone. Whether those before it are done is for the caller to know.",
            "sluice tasks run funnel_pipeline load_users --date 2015-05-01",
            "sluice tasks run dimension_modeling start_dimension_modeling --interval 2015-05-01T00:00:00Z/2015-05-02T00:00:00Z",
            "sluice tasks run dimension_modeling dim_user --interval 2015-05-01T00:00:00Z/2015-05-02T00:00:00Z --token 17"
        );
        var dagId = new Argument<string>("DAG") { Description = "The DAG: funnel_pipeline or dimension_modeling." };
        var taskId = new Argument<string>("TASK") { Description = "One of its tasks." };
        var intervalText = new Option<string?>("--interval")
        {
            Description = "The interval that is meant: two times in ISO 8601 with any offsets from UTC.",
            HelpName = "START/END",
        };
        var date = new Option<string?>("--date")
        {
            Description = "The interval that starts on this local date, by the DAG's timetable.",
            HelpName = "YYYY-MM-DD",
        };
        var token = new Option<long?>("--token")
        {
            Description =
                "A fencing token, greater than that of everyone who had the task before: who has a lower one changes nothing any more.",
            HelpName = "N",
        };
        token.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<long?>() is < 1)
            {
                result.AddError("--token takes a number from 1.");
            }
        });
        var untilStdinCloses = new Option<bool>("--until-stdin-closes")
        {
            Description = "Stop when the standard input ends.",
            Hidden = true,
        };
        var values = RunArguments.Params();
        var kind = new Option<RunKind>("--kind") { Description = "What made the run: part of its id.", Hidden = true };
        kind.DefaultValueFactory = _ => RunKind.Manual;
        var (reextract, fullRefresh) = (Shared.Reextract(), Shared.FullRefresh());
        var (promote, quiet) = (Shared.Promote(), Shared.Quiet());
        reextract.Description =
            "Do again what is done: read a finished interval, build a model that its run has built.";
        fullRefresh.Description = "For the task that pins the inputs: its run builds every model.";
        promote.Description =
            "For the task that publishes: make the build current even if there is one of a later day.";
        command.Add(dagId);
        command.Add(taskId);
        command.Add(intervalText);
        command.Add(date);
        command.Add(token);
        command.Add(quiet);
        command.Add(reextract);
        command.Add(fullRefresh);
        command.Add(promote);
        command.Add(untilStdinCloses);
        command.Add(values);
        command.Add(kind);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                // A signal that comes before this has given way ends the process, and whatever it has started by then stays.
                await Task.Yield();
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var dag = sluice.Dags.Get(parsed.GetValue(dagId)!);
                var task = dag.Get(parsed.GetValue(taskId)!);
                var interval = IntervalOf(sluice, dag, parsed.GetValue(intervalText), parsed.GetValue(date));
                var options = new RunOptions(
                    parsed.GetValue(reextract),
                    parsed.GetValue(fullRefresh),
                    parsed.GetValue(promote)
                );
                ThrowIfMeaningless(task, options);
                var wanted = new WantedTask(dag, task, interval)
                {
                    Kind = parsed.GetValue(kind),
                    Params = RunArguments.ValuesOf(parsed.GetValue(values) ?? []),
                    Token = parsed.GetValue(token),
                    Options = options,
                };
                using var stop = new TaskStop(cancellationToken);
                if (parsed.GetValue(untilStdinCloses))
                {
                    stop.AfterStandardInput();
                }

                using var entry = task.Work is TaskWork.Extract ? sluice.Running.Enter(stop.ByCommand) : null;
                try
                {
                    return await RunReport.WatchAsync(
                        parsed.GetValue(quiet),
                        events => RunAsync(sluice, wanted, parsed.GetValue(untilStdinCloses), events, stop.Token)
                    );
                }
                catch (OperationCanceledException) when (stop.Reason is null && parsed.GetValue(untilStdinCloses))
                {
                    // A signal, to which a service's whole group of processes may be exposed.
                    return ExitCode.Stopped;
                }
                catch (OperationCanceledException) when (stop.Reason is { } reason)
                {
                    Console.Error.WriteLine($"error: {reason}");
                    Console.Error.WriteLine("  What was committed or kept stays: run it again to go on.");
                    return ExitCode.Failed;
                }
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Composition sluice,
        WantedTask wanted,
        bool isLookedAfter,
        IProgress<TaskEvent> events,
        CancellationToken cancellationToken
    )
    {
        var (dag, task) = (wanted.Dag, wanted.Task);
        using var span = SchedulerMetrics.Work(dag.Id, task.Id, wanted.Interval, TraceParent.OfThisProcess);
        var began = sluice.Clock.GetTimestamp();
        var ended = new TaskEvent.Ended(dag.Id, task, TaskState.Success, TimeSpan.Zero);
        events.Report(new TaskEvent.Started(dag.Id, task));
        try
        {
            // Whoever closes the input of this process also ends what it leaves behind.
            var outcome = await new TaskDispatch(sluice, ownSession: !isLookedAfter, isAlone: true).RunAsync(
                wanted,
                Console.Out.WriteLine,
                new Progress(at => events.Report(new TaskEvent.Advanced(dag.Id, task, at))),
                events,
                cancellationToken
            );
            ended = ended with { Outcome = outcome, State = outcome.IsSkipped ? TaskState.Skipped : TaskState.Success };
        }
        catch (Exception failure) when (failure is not (DefinitionException or OperationCanceledException))
        {
            // What it started got the signal as well, and failed by it.
            cancellationToken.ThrowIfCancellationRequested();
            if (!FailureReport.IsForUser(failure))
            {
                // A fault of Sluice ends the try like any other failure; where it is from belongs into the log.
                Console.Error.WriteLine(failure);
            }

            ended = ended with { State = TaskState.Failed, Failure = failure };
        }

        span?.SetStatus(
            ended.State == TaskState.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok,
            ended.Failure?.Message
        );
        var took = sluice.Clock.GetElapsedTime(began);
        events.Report(ended with { Elapsed = took });
        if (ended.State != TaskState.Success)
        {
            return ended.State == TaskState.Skipped ? ExitCode.Skipped : ExitCode.Failed;
        }

        Console.Out.WriteLine($"{dag.Id}.{task.Id} is done for {wanted.Interval}. {ValueText.Span(took)}");
        return ExitCode.Done;
    }

    private static DataInterval IntervalOf(Composition sluice, DagDefinition dag, string? interval, string? date)
    {
        var zone = dag.TimeZone;
        return (interval, date) switch
        {
            ({ } text, null) => IntervalText.Parse(text, zone),
            // A day that the zone left out has no interval, whatever the timetable.
            (null, { } text) when Shared.IntervalOf(text, zone, sluice.Clock) is var day => IntervalOnDate.Find(
                dag,
                day.LogicalDate
            ),
            _ => throw new DefinitionException(
                "One of --interval and --date says for which data the task runs.",
                "Write --date 2015-05-01, or --interval 2015-05-01T00:00:00Z/2015-05-02T00:00:00Z."
            ),
        };
    }

    private static void ThrowIfMeaningless(TaskDefinition task, RunOptions options)
    {
        var wrong =
            options.Reextract && task.Work is not (TaskWork.Extract or TaskWork.Model) ? "--reextract"
            : options.FullRefresh && task.Work is not TaskWork.PinInputs ? "--full-refresh"
            : options.Promote && task.Work is not TaskWork.PublishBuild ? "--promote"
            : null;
        if (wrong is not null)
        {
            throw new DefinitionException(
                $"{wrong} says nothing to the task {task.Id}.",
                "'sluice tasks run --help' says for which tasks it is."
            );
        }
    }

    private sealed class Progress(Action<TaskProgress> report) : IProgress<TaskProgress>
    {
        public void Report(TaskProgress value) => report(value);
    }
}
