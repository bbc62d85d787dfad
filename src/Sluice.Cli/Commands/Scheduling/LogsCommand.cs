using System.CommandLine;
using System.Globalization;
using Sluice.Core;
using Sluice.Core.Scheduling.States;

namespace Sluice.Cli.Commands.Scheduling;

/// <summary><c>sluice runs logs</c>: what tasks wrote.</summary>
internal static class LogsCommand
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var command = new ExampleCommand(
            "logs",
            "Shows what a task wrote in its last try.",
            "sluice runs logs funnel_pipeline 2015-05-01 --task load_users",
            "sluice runs logs funnel_pipeline 2015-05-01 --task load_users --follow"
        );
        var (dag, run, task) = (RunArguments.Dag(), RunArguments.Run(), RunArguments.Task());
        task.Required = true;
        var number = new Option<int?>("--try") { Description = "Another try, from 1.", HelpName = "N" };
        var follow = new Option<bool>("--follow") { Description = "Go on as long as the task runs." };
        command.Add(dag);
        command.Add(run);
        command.Add(task);
        command.Add(number);
        command.Add(follow);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var wanted = parsed.GetValue(task)!;
                await using var store = sluice.OpenRuns();
                var (definition, found) = store.Read(reader =>
                {
                    var known = sluice.KeptDags.Get(reader, parsed.GetValue(dag)!);
                    return (known, RunArguments.Find(reader, known, parsed.GetValue(run)!));
                });
                if (!found.Tasks.ContainsKey(wanted))
                {
                    wanted = definition.Get(wanted).Id;
                }

                var logs = sluice.Logs.Of(found, wanted);
                var path = (parsed.GetValue(number) is { } asked ? logs.Where(log => log.Number == asked) : logs)
                    .LastOrDefault()
                    .Path;
                if (path is null)
                {
                    throw new DefinitionException(
                        $"{wanted} of {found.Id} has no {(parsed.GetValue(number) is null ? "log" : "log of that try")}.",
                        logs.Count > 0
                            ? $"There are those of {string.Join(", ", logs.Select(log => log.Number.ToString(CultureInfo.InvariantCulture)))}."
                            : $"It is {found.Task(wanted).State.ToName()}."
                    );
                }

                var goesOn = parsed.GetValue(follow);
                await ShowAsync(
                    path,
                    () =>
                        goesOn
                        && store.Read(reader => reader.Find(found.DagId, found.Interval.Start))?.Task(wanted).State
                            == TaskState.Running,
                    cancellationToken
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task ShowAsync(string path, Func<bool> goesOn, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await using var output = Console.OpenStandardOutput();
        while (true)
        {
            // Asked before the rest is read: what is written until then is in the file.
            var mayGrow = goesOn();
            await file.CopyToAsync(output, cancellationToken);
            await output.FlushAsync(cancellationToken);
            if (!mayGrow)
            {
                return;
            }

            await Task.Delay(BetweenLooks, cancellationToken);
        }
    }
}
