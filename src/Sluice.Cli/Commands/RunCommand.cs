using System.CommandLine;
using Sluice.Core.Pipelines;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice run</c>: both DAGs for a day.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "run",
            "Loads the sources for a day, then builds and publishes the models.",
            "sluice run",
            "sluice run --date 2015-05-01",
            "sluice run --date 2015-05-01 --reextract"
        );
        var (reextract, fullRefresh, promote) = (Shared.Reextract(), Shared.FullRefresh(), Shared.Promote());
        command.Add(reextract);
        command.Add(fullRefresh);
        command.Add(promote);
        PipelineCommand.Complete(
            command,
            async (sluice, pipeline, interval, parsed, cancellationToken) =>
            {
                await using var keep = sluice.KeepRuns();
                return await pipeline.RunAsync(
                    interval,
                    new RunOptions(parsed.GetValue(reextract), parsed.GetValue(fullRefresh), parsed.GetValue(promote)),
                    keep,
                    cancellationToken
                );
            }
        );
        return command;
    }
}
