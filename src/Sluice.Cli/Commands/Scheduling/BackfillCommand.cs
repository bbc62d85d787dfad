using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Cli.Commands.Scheduling;

/// <summary><c>sluice dags backfill</c>: runs for intervals of the past, done by the scheduler.</summary>
internal static class BackfillCommand
{
    private static readonly ListOutput Listed = new("interval", "run", "action");

    public static Command Create()
    {
        var command = new ExampleCommand(
            "backfill",
            "Makes runs of a DAG for the intervals that begin in a span of days; the scheduler does them, the earliest first.",
            "sluice dags backfill funnel_pipeline --from 2015-05-01 --to 2015-05-31 --dry-run",
            "sluice dags backfill dimension_modeling --from 2015-05-01 --to 2015-05-07 --reprocess completed"
        );
        var dag = RunArguments.Dag();
        var from = Day("--from", "The first logical date.");
        var to = Day("--to", "The last logical date.");
        var reprocess = new Option<string>("--reprocess")
        {
            Description =
                "What becomes of runs that are there: none (left), failed (those run again) or completed (all do).",
            HelpName = "WHICH",
            DefaultValueFactory = _ => "none",
        };
        reprocess.AcceptOnlyFromAmong("none", "failed", "completed");
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done, and do nothing." };
        var format = Shared.Format();
        command.Add(dag);
        command.Add(from);
        command.Add(to);
        command.Add(reprocess);
        command.Add(dryRun);
        command.Add(format);
        command.SetAction(
            async (parsed, _) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var definition = sluice.Dags.Get(parsed.GetValue(dag)!);
                var first = DataInterval.StartOf(DateText.Parse(parsed.GetValue(from)!), definition.TimeZone);
                var before = DataInterval.StartOf(DateText.Parse(parsed.GetValue(to)!).AddDays(1), definition.TimeZone);
                var which = Enum.Parse<Reprocess>(parsed.GetValue(reprocess)!, ignoreCase: true);
                await using var store = sluice.OpenRuns();
                var (steps, stale) = store.Write(transaction =>
                {
                    var planned = RunRequests.PlanBackfill(transaction, definition, first, before, which);
                    return (
                        planned,
                        parsed.GetValue(dryRun)
                            ? []
                            : RunRequests.Backfill(transaction, definition, planned, new RunClearing(sluice.Dags))
                    );
                });
                var asked = Shared.FormatOf(parsed, format);
                Listed.Write(
                    steps.Select(step =>
                        new object?[] { step.Interval.Id, step.Before?.State.ToName(), Words(step.Action) }
                    ),
                    asked
                );
                StaleReport.Write(asked == OutputFormat.Table ? stale : [], sluice.Dags);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Option<string> Day(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "YYYY-MM-DD",
            Required = true,
        };

    private static string Words(BackfillAction action) =>
        action switch
        {
            BackfillAction.Create => "run",
            BackfillAction.Clear => "run again",
            BackfillAction.Leave => "leave",
        };
}
