using System.CommandLine;
using Sluice.Cli.Output;
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
        var (date, quiet, promote, fullRefresh) = (
            Shared.Date(),
            Shared.Quiet(),
            Shared.Promote(),
            Shared.FullRefresh()
        );
        command.Add(names);
        command.Add(date);
        command.Add(fullRefresh);
        command.Add(promote);
        command.Add(quiet);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var interval = Shared.IntervalOf(parsed.GetValue(date), sluice.Project.TimeZone, sluice.Clock);
                var options = new RunOptions(
                    FullRefresh: parsed.GetValue(fullRefresh),
                    Promote: parsed.GetValue(promote)
                );
                return await RunReport.ShowAsync(
                    parsed.GetValue(quiet),
                    interval,
                    events =>
                        sluice
                            .Pipeline(events)
                            .ModelAsync(
                                interval,
                                options,
                                parsed.GetValue(names) ?? [],
                                extraction: null,
                                cancellationToken
                            )
                );
            }
        );
        return command;
    }
}
