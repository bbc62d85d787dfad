using System.CommandLine;
using Sluice.Core.Scheduling.Service;

namespace Sluice.Cli.Commands.Scheduling;

/// <summary><c>sluice dags trigger</c>: a run by hand, done by the scheduler.</summary>
internal static class TriggerCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "trigger",
            "Makes a run of a DAG, which the scheduler does next.",
            "sluice dags trigger funnel_pipeline",
            "sluice dags trigger funnel_pipeline --date 2015-05-01"
        );
        var (dag, date, interval, values) = (
            RunArguments.Dag(),
            Shared.Date(),
            RunArguments.Interval(),
            RunArguments.Params()
        );
        date.Description = "The logical date: the interval that begins on that day. By default the last that is over.";
        command.Add(dag);
        command.Add(date);
        command.Add(interval);
        command.Add(values);
        command.SetAction(
            async (parsed, _) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var definition = sluice.Dags.Get(parsed.GetValue(dag)!);
                var parameters = RunArguments.ValuesOf(parsed.GetValue(values) ?? []);
                await using var store = sluice.OpenRuns();
                var (run, isPaused) = store.Write(transaction =>
                    (
                        RunRequests.Trigger(
                            transaction,
                            definition,
                            RunArguments.IntervalOf(
                                definition,
                                parsed.GetValue(interval),
                                parsed.GetValue(date),
                                transaction.Now
                            ),
                            parameters
                        ),
                        transaction.Dag(definition.Id).IsPaused
                    )
                );
                Console.Out.WriteLine($"{run.Id} of {definition.Id} is queued, for {run.Interval.Id}.");
                if (isPaused)
                {
                    Console.Out.WriteLine($"  The DAG is paused: 'sluice dags unpause {definition.Id}' lets it run.");
                }

                return ExitCode.Done;
            }
        );
        return command;
    }
}
