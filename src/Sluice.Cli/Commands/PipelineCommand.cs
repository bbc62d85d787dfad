using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core.Pipelines;
using Sluice.Core.Time;

namespace Sluice.Cli.Commands;

/// <summary>What <c>run</c>, <c>extract</c> and <c>model</c> have in common: a day, progress, and a summary.</summary>
internal static class PipelineCommand
{
    /// <summary>Does the command's part of the pipeline.</summary>
    public delegate Task<PipelineResult> Work(
        Pipeline pipeline,
        DataInterval interval,
        ParseResult parsed,
        CancellationToken cancellationToken
    );

    /// <summary>Adds the options of all three, the last ones in its help, and makes the command run.</summary>
    public static void Complete(Command command, Work work)
    {
        var (date, quiet) = (Shared.Date(), Shared.Quiet());
        command.Add(date);
        command.Add(quiet);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var interval = Shared.IntervalOf(parsed.GetValue(date), sluice.Project.TimeZone, sluice.Clock);
                return await RunReport.ShowAsync(
                    parsed.GetValue(quiet),
                    interval,
                    events => work(sluice.Pipeline(events), interval, parsed, cancellationToken)
                );
            }
        );
    }
}
