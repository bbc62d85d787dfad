using System.CommandLine;
using Sluice.Core.Pipelines;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice extract</c>: the load tasks of a day.</summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "extract",
            "Copies tables of the sources into the lake for a day.",
            "sluice extract --date 2015-05-01",
            "sluice extract users events --date 2015-05-01 --reextract"
        );
        var tables = new Argument<string[]>("TABLE")
        {
            Description = "Tables of sluice.yaml, as users or app.users. By default all.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var reextract = Shared.Reextract();
        command.Add(tables);
        command.Add(reextract);
        command.Add(ReconcileCommand.Create());
        command.Add(StopCommand.Create());
        PipelineCommand.Complete(
            command,
            (_, pipeline, interval, parsed, cancellationToken) =>
                pipeline.ExtractAsync(
                    interval,
                    new RunOptions(Reextract: parsed.GetValue(reextract)),
                    parsed.GetValue(tables) ?? [],
                    cancellationToken
                )
        );
        return command;
    }
}
