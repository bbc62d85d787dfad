using System.CommandLine;

namespace Sluice.Cli.Commands.Models;

/// <summary><c>sluice model</c>: the models of a day.</summary>
internal static class ModelCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "model",
            "Builds models from the tables of a day, tests them and publishes them as one build.",
            "sluice model --date 2015-05-01",
            "sluice model fact_page_visit+ --date 2015-05-01",
            "sluice model --select tag:nightly --exclude dim_user --threads 2",
            "sluice model plan"
        );
        var options = new ModelOptions();
        var promote = Shared.Promote();
        options.AddTo(command);
        command.Add(promote);
        command.Add(PlanCommand.Create());
        command.Add(RenderCommand.Create());
        PipelineCommand.Complete(
            command,
            async (sluice, pipeline, interval, parsed, cancellationToken) =>
                await pipeline.ModelAsync(
                    interval,
                    options.RunOptionsOf(parsed) with
                    {
                        Promote = parsed.GetValue(promote),
                    },
                    await options.SelectedAsync(sluice, interval, parsed, cancellationToken),
                    cancellationToken
                ),
            canBeStopped: false,
            options.VariablesOf
        );
        return command;
    }
}
