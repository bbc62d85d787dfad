using System.CommandLine;
using Sluice.Core.Pipelines;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice model</c>: the models of a day.</summary>
internal static class ModelCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "model",
            "Builds models from the tables of a day and publishes them as one build.",
            "sluice model --date 2015-05-01",
            "sluice model dim_user --date 2015-05-01 --full-refresh"
        );
        var names = new Argument<string[]>("NAME")
        {
            Description = "Models to build; the others are taken from the day's newest build. By default all.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var (fullRefresh, promote) = (Shared.FullRefresh(), Shared.Promote());
        command.Add(names);
        command.Add(fullRefresh);
        command.Add(promote);
        PipelineCommand.Complete(
            command,
            (pipeline, interval, parsed, cancellationToken) =>
                pipeline.ModelAsync(
                    interval,
                    new RunOptions(FullRefresh: parsed.GetValue(fullRefresh), Promote: parsed.GetValue(promote)),
                    parsed.GetValue(names) ?? [],
                    extraction: null,
                    cancellationToken
                ),
            canBeStopped: false
        );
        return command;
    }
}
