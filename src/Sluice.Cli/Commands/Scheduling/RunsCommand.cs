using System.CommandLine;
using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Cli.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.States;

namespace Sluice.Cli.Commands.Scheduling;

/// <summary><c>sluice runs</c>: what has been run, and what came of it.</summary>
internal static class RunsCommand
{
    private static readonly ListOutput Listed = new("dag", "run", "state", "started", "took", "note");
    private static readonly ListOutput Shown = new("task", "state", "try", "since", "note");

    public static Command Create()
    {
        var command = new ExampleCommand(
            "runs",
            "The runs of the DAGs, and what became of their tasks.",
            "sluice runs list",
            "sluice runs show funnel_pipeline 2015-05-01",
            "sluice runs logs funnel_pipeline 2015-05-01 --task load_users",
            "sluice runs clear funnel_pipeline 2015-05-01 --task load_users"
        );
        command.Add(List());
        command.Add(Show());
        command.Add(LogsCommand.Create());
        command.Add(Clear());
        command.Add(Mark());
        return command;
    }

    private static ExampleCommand List()
    {
        var command = new ExampleCommand(
            "list",
            "Lists the runs, those of the latest intervals first.",
            "sluice runs list",
            "sluice runs list funnel_pipeline --limit 100 --format json"
        );
        var dag = new Argument<string?>("DAG")
        {
            Description = "A DAG. By default all.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var limit = new Option<int>("--limit")
        {
            Description = "How many are listed.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        Shared.AtLeast(1, limit);
        var format = Shared.Format();
        command.Add(dag);
        command.Add(limit);
        command.Add(format);
        command.SetAction(
            async (parsed, _) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var kept = sluice.KeptDags;
                var most = parsed.GetValue(limit);
                await using var store = sluice.OpenRuns();
                var rows = store.Read(reader =>
                    (parsed.GetValue(dag) is { } id ? [kept.Get(reader, id)] : kept.All(reader))
                        .SelectMany(known => reader.Latest(known.Id, most))
                        .OrderByDescending(run => run.Interval.Start)
                        .ThenBy(run => run.DagId, StringComparer.Ordinal)
                        .Take(most)
                        .Select(run => Row(run, reader.Now, kept.IsThere(run.DagId)))
                        .ToList()
                );
                Listed.Write(rows, Shared.FormatOf(parsed, format));
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static object?[] Row(DagRun run, DateTimeOffset now, bool isThere) =>
        [
            run.DagId,
            run.Id,
            run.State.ToName(),
            Text(run.StartedAt),
            // None, where the clock was set meanwhile.
            (run.IsActive ? now : run.Since) - run.StartedAt
                is { } took
            && took >= TimeSpan.Zero
                ? ValueText.Span(took)
                : null,
            string.Join(
                "; ",
                new[]
                {
                    isThere ? null : "its DAG is no longer in the project",
                    run.IsLate ? "late" : null,
                    run.Tasks.Values.Count(task => task.IsStale) is > 0 and var stale
                        ? string.Create(CultureInfo.InvariantCulture, $"{stale} tasks stale")
                        : null,
                }.OfType<string>()
            ),
        ];

    private static ExampleCommand Show()
    {
        var command = new ExampleCommand(
            "show",
            "Shows what became of the tasks of a run.",
            "sluice runs show funnel_pipeline 2015-05-01"
        );
        var (dag, run, format) = (RunArguments.Dag(), RunArguments.Run(), Shared.Format());
        command.Add(dag);
        command.Add(run);
        command.Add(format);
        command.SetAction(
            async (parsed, _) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                await using var store = sluice.OpenRuns();
                var (definition, found) = store.Read(reader =>
                {
                    var known = sluice.KeptDags.Get(reader, parsed.GetValue(dag)!);
                    return (known, RunArguments.Find(reader, known, parsed.GetValue(run)!));
                });
                var asked = Shared.FormatOf(parsed, format);
                if (asked == OutputFormat.Table)
                {
                    Console.Out.WriteLine(
                        $"{found.Id} of {found.DagId}, for {found.Interval.Id}: {found.State.ToName()}"
                    );
                }

                Shown.Write(KeptDags.TasksOf(definition, found).Select(task => Row(task, found.Task(task))), asked);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static object?[] Row(string task, TaskInstance instance) =>
        [
            task,
            instance.State.ToName(),
            instance.Tries,
            instance.State == TaskState.None ? null : Text(instance.Since),
            (instance.IsStale ? "stale: what it was made from was cleared; " : "")
                + instance.Reason
                + (instance.RetryAt is { } at ? $" (again at {InstantText.Of(at)})" : ""),
        ];

    private static ExampleCommand Clear()
    {
        var command = new ExampleCommand(
            "clear",
            "Lets tasks of a run run again, with all that come after them; what they loaded is read and replaced anew.",
            "sluice runs clear funnel_pipeline 2015-05-01",
            "sluice runs clear funnel_pipeline 2015-05-01 --task load_users",
            "sluice runs clear funnel_pipeline 2015-05-01 --task load_users --downstream false"
        );
        var (dag, run, task) = (RunArguments.Dag(), RunArguments.Run(), RunArguments.Task());
        task.Description = "The task. By default all of the run.";
        var downstream = new Option<bool>("--downstream")
        {
            Description = "Whether what comes after the task runs again, too.",
            DefaultValueFactory = _ => true,
        };
        command.Add(dag);
        command.Add(run);
        command.Add(task);
        command.Add(downstream);
        command.SetAction(
            async (parsed, _) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var definition = sluice.Dags.Get(parsed.GetValue(dag)!);
                var wanted = parsed.GetValue(task) is { } id ? definition.Get(id).Id : null;
                IReadOnlyList<string> tasks =
                    wanted is null ? [.. definition.Tasks.Select(known => known.Id)]
                    : parsed.GetValue(downstream) ? definition.WithDownstream(wanted)
                    : [wanted];
                await using var store = sluice.OpenRuns();
                var stale = store.Write(transaction =>
                    new RunClearing(sluice.Dags).Clear(
                        transaction,
                        RunArguments.Find(transaction, definition, parsed.GetValue(run)!),
                        tasks
                    )
                );
                Console.Out.WriteLine($"Cleared: {string.Join(", ", tasks)}.");
                StaleReport.Write(stale, sluice.Dags);

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static ExampleCommand Mark()
    {
        var command = new ExampleCommand(
            "mark",
            "Says what a task, or a whole run, has come to, whatever it has.",
            "sluice runs mark funnel_pipeline 2015-05-01 success --task load_users",
            "sluice runs mark dimension_modeling 2015-05-01 failed"
        );
        var (dag, run, task) = (RunArguments.Dag(), RunArguments.Run(), RunArguments.Task());
        var state = new Argument<string>("STATE") { Description = "success or failed." };
        state.AcceptOnlyFromAmong("success", "failed");
        command.Add(dag);
        command.Add(run);
        command.Add(state);
        command.Add(task);
        command.SetAction(
            async (parsed, _) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var to = TaskStates.Find(parsed.GetValue(state)!)!.Value;
                await using var store = sluice.OpenRuns();
                var wanted = store.Write(transaction =>
                {
                    // Also of a DAG that the project no longer has: nobody else can end its runs.
                    var definition = sluice.KeptDags.Get(transaction, parsed.GetValue(dag)!);
                    var only = parsed.GetValue(task) is { } id ? definition.Get(id).Id : null;
                    var found = RunArguments.Find(transaction, definition, parsed.GetValue(run)!);
                    transaction.Save(found.Mark(definition, only, to, transaction.Now));
                    return only;
                });
                Console.Out.WriteLine($"{wanted ?? "The run"} is marked {to.ToName()}.");
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static string? Text(DateTimeOffset? at) => at is { } instant ? InstantText.Of(instant) : null;
}
