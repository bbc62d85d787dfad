using System.CommandLine;
using Sluice.Cli.Output;
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
        var (date, quiet, reextract) = (Shared.Date(), Shared.Quiet(), Shared.Reextract());
        command.Add(tables);
        command.Add(date);
        command.Add(reextract);
        command.Add(quiet);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var interval = Shared.IntervalOf(parsed.GetValue(date), sluice.Project.TimeZone, sluice.Clock);
                var options = new RunOptions(Reextract: parsed.GetValue(reextract));
                return await RunReport.ShowAsync(
                    parsed.GetValue(quiet),
                    interval,
                    events =>
                        sluice
                            .Pipeline(events)
                            .ExtractAsync(interval, options, parsed.GetValue(tables) ?? [], cancellationToken)
                );
            }
        );
        return command;
    }
}
