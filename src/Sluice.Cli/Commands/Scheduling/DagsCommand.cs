using System.CommandLine;
using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;

namespace Sluice.Cli.Commands.Scheduling;

/// <summary><c>sluice dags</c>: what is to be run, and when.</summary>
internal static class DagsCommand
{
    private static readonly ListOutput Listed = new(
        "dag",
        "schedule",
        "tasks",
        "paused",
        "last_interval",
        "last_state",
        "next_run"
    );

    public static Command Create()
    {
        var command = new ExampleCommand(
            "dags",
            "The DAGs: what is run for each interval, and when.",
            "sluice dags list",
            "sluice dags show funnel_pipeline",
            "sluice dags trigger funnel_pipeline --date 2015-05-01",
            "sluice dags backfill funnel_pipeline --from 2015-05-01 --to 2015-05-31 --dry-run"
        );
        command.Add(List());
        command.Add(Show());
        command.Add(Check());
        command.Add(TriggerCommand.Create());
        command.Add(BackfillCommand.Create());
        command.Add(Pause("pause", "Lets nothing new of a DAG start; what runs goes on to its end.", isPaused: true));
        command.Add(Pause("unpause", "Lets a paused DAG go on.", isPaused: false));
        return command;
    }

    private static ExampleCommand List()
    {
        var command = new ExampleCommand("list", "Lists the DAGs.", "sluice dags list");
        var format = Shared.Format();
        command.Add(format);
        command.SetAction(
            async (parsed, _) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                await using var store = sluice.OpenRuns();
                var rows = store.Read(reader => sluice.Dags.All.Select(dag => Row(reader, dag)).ToList());
                Listed.Write(rows, Shared.FormatOf(parsed, format));
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static object?[] Row(IRunReader store, DagDefinition dag)
    {
        var record = store.Dag(dag.Id);
        var last = store.Latest(dag.Id, 1) is [var run] ? run : null;
        return
        [
            dag.Id,
            dag.Timetable.Text,
            dag.Tasks.Count,
            record.IsPaused ? "paused" : "",
            last is null ? null : RunName.Of(last.Interval, dag.TimeZone),
            last?.State.ToName(),
            record.IsPaused || NextOf(store, dag, record) is not { } coming
                ? null
                : InstantText.Of(coming.End + dag.Delay),
        ];
    }

    // As the scheduler finds it: what has a run already, whoever made it, gets no other.
    private static DataInterval? NextOf(IRunReader store, DagDefinition dag, DagRecord record)
    {
        var next = dag.NextInterval(record.Latest);
        if (!dag.Catchup && next is { } first && first.End < store.Now)
        {
            next = dag.Timetable.LastEndedBy(store.Now) is { } ended && ended.Start >= first.Start ? ended : first;
        }

        while (next is { } made && store.Find(dag.Id, made.Start) is not null)
        {
            next = dag.NextInterval(made);
        }

        return next;
    }

    private static ExampleCommand Show()
    {
        var command = new ExampleCommand(
            "show",
            "Draws a DAG: its tasks along what they wait for, and what became of them in the last runs.",
            "sluice dags show dimension_modeling",
            "sluice dags show dimension_modeling --runs 30"
        );
        var (dag, format) = (RunArguments.Dag(), Shared.Format());
        var runs = new Option<int>("--runs")
        {
            Description = "How many runs the grid has.",
            HelpName = "N",
            DefaultValueFactory = _ => 14,
        };
        command.Add(dag);
        Shared.AtLeast(0, runs);
        command.Add(runs);
        command.Add(format);
        command.SetAction(
            async (parsed, _) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var definition = sluice.Dags.Get(parsed.GetValue(dag)!);
                await using var store = sluice.OpenRuns();
                store.Read(reader =>
                {
                    DagPicture.Write(
                        definition,
                        [.. reader.Latest(definition.Id, parsed.GetValue(runs)).Reverse()],
                        Shared.FormatOf(parsed, format)
                    );
                    return 0;
                });
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static ExampleCommand Check()
    {
        var command = new ExampleCommand(
            "check",
            "Checks the DAGs: every wait has a target that it can meet, and none waits for itself.",
            "sluice dags check"
        );
        command.SetAction(parsed =>
        {
            // What is wrong is found on loading.
            var dags = Composition.Open(parsed.GetValue(Shared.Project)).Dags.All;
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{dags.Count} DAGs with {dags.Sum(dag => dag.Tasks.Count)} tasks: nothing is wrong."
                )
            );
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand Pause(string name, string description, bool isPaused)
    {
        var command = new ExampleCommand(name, description, $"sluice dags {name} funnel_pipeline");
        var dag = RunArguments.Dag();
        command.Add(dag);
        command.SetAction(
            async (parsed, _) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var definition = sluice.Dags.Get(parsed.GetValue(dag)!);
                await using var store = sluice.OpenRuns();
                store.Write(transaction =>
                {
                    transaction.SavePaused(definition.Id, isPaused);
                    return 0;
                });
                Console.Out.WriteLine($"{definition.Id} is {(isPaused ? "paused" : "on")}.");
                return ExitCode.Done;
            }
        );
        return command;
    }
}
