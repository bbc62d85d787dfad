using System.CommandLine;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice extract stop</c>: ends what other processes extract.</summary>
internal static class StopCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "stop",
            "Ends the extracts of this project that are running, also in other processes. What they have read is kept for the next run.",
            "sluice extract stop"
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var count = await sluice.Running.StopAsync(cancellationToken);
                Console.Out.WriteLine(
                    count switch
                    {
                        0 => "No extract is running.",
                        1 => "1 extract was stopped.",
                        _ => $"{count} extracts were stopped.",
                    }
                );
                return ExitCode.Done;
            }
        );
        return command;
    }
}
