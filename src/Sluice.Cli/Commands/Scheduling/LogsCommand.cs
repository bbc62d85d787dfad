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
        var follow = new Option<bool>("--follow")
        {
            Description = "Wait until the task starts, and go on as long as it runs.",
        };
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

                var goesOn = parsed.GetValue(follow);
                var path = await PathAsync(
                    () => sluice.Logs.Of(found, wanted),
                    () => goesOn && !(State() ?? TaskState.Failed).IsFinished(),
                    parsed.GetValue(number),
                    $"{wanted} of {found.Id}",
                    sluice.Clock,
                    cancellationToken
                );
                if (path is null)
                {
                    throw Missing(
                        $"{wanted} of {found.Id}",
                        State() ?? found.Task(wanted).State,
                        sluice.Logs.Of(found, wanted),
                        parsed.GetValue(number)
                    );
                }

                await ShowAsync(path, () => goesOn && State() == TaskState.Running, sluice.Clock, cancellationToken);
                return ExitCode.Done;

                TaskState? State() =>
                    store.Read(reader => reader.Find(found.DagId, found.Interval.Start))?.Task(wanted).State;
            }
        );
        return command;
    }

    // The log of a try, once there is one; null where it is not there and is not waited for.
    private static async Task<string?> PathAsync(
        Func<IReadOnlyList<(int Number, string Path)>> logs,
        Func<bool> mayCome,
        int? number,
        string name,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        for (var looks = 0; ; looks++)
        {
            // Asked before: what begins after the look is found by the next.
            var isWaitedFor = mayCome();
            var path = logs().LastOrDefault(log => number is null || log.Number == number).Path;
            if (path is not null || !isWaitedFor)
            {
                return path;
            }

            if (looks == 0)
            {
                await Console.Error.WriteLineAsync($"{name} has not started; waiting for it.");
            }

            await Task.Delay(BetweenLooks, clock, cancellationToken);
        }
    }

    private static DefinitionException Missing(
        string name,
        TaskState state,
        IReadOnlyList<(int Number, string Path)> logs,
        int? number
    ) =>
        new(
            $"{name} has no {(number is null ? "log" : "log of that try")}.",
            logs.Count > 0
                    ? $"There are those of {string.Join(", ", logs.Select(log => log.Number.ToString(CultureInfo.InvariantCulture)))}."
                : state.IsFinished() ? $"It is {state.ToName()}, and did not run here."
                : "It has not started yet: --follow waits for it."
        );

    private static async Task ShowAsync(
        string path,
        Func<bool> goesOn,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
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

            await Task.Delay(BetweenLooks, clock, cancellationToken);
        }
    }
}
