using System.CommandLine;
using Sluice.Cli.Output;
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
        var (date, quiet, reextract, promote, fullRefresh) = (
            Shared.Date(),
            Shared.Quiet(),
            Shared.Reextract(),
            Shared.Promote(),
            Shared.FullRefresh()
        );
        command.Add(date);
        command.Add(reextract);
        command.Add(fullRefresh);
        command.Add(promote);
        command.Add(quiet);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var interval = Shared.IntervalOf(parsed.GetValue(date), sluice.Project.TimeZone, sluice.Clock);
                var options = new RunOptions(
                    parsed.GetValue(reextract),
                    parsed.GetValue(fullRefresh),
                    parsed.GetValue(promote)
                );
                return await RunReport.ShowAsync(
                    parsed.GetValue(quiet),
                    interval,
                    events => sluice.Pipeline(events).RunAsync(interval, options, cancellationToken)
                );
            }
        );
        return command;
    }
}
