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
        Composition sluice,
        Pipeline pipeline,
        DataInterval interval,
        ParseResult parsed,
        CancellationToken cancellationToken
    );

    /// <summary>Adds the options of all three, the last ones in its help, and makes the command run.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">What it does.</param>
    /// <param name="canBeStopped">Whether <c>sluice extract stop</c> ends it.</param>
    /// <param name="variables">The values of <c>--vars</c>; null for a command that has none.</param>
    public static void Complete(
        Command command,
        Work work,
        bool canBeStopped = true,
        Func<ParseResult, IReadOnlyDictionary<string, object?>>? variables = null
    )
    {
        var (date, quiet) = (Shared.Date(), Shared.Quiet());
        command.Add(date);
        command.Add(quiet);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project), variables?.Invoke(parsed));
                var interval = Shared.IntervalOf(parsed.GetValue(date), sluice.Project.TimeZone, sluice.Clock);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                using var entry = canBeStopped ? sluice.Running.Enter(stop.Cancel) : null;
                try
                {
                    return await RunReport.ShowAsync(
                        parsed.GetValue(quiet),
                        interval,
                        events =>
                            ArtifactOutput.AfterAsync(
                                sluice,
                                command.Name,
                                () => work(sluice, sluice.Pipeline(events), interval, parsed, stop.Token),
                                stop.Token
                            )
                    );
                }
                catch (OperationCanceledException)
                    when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                {
                    Console.Error.WriteLine("error: stopped by 'sluice extract stop'.");
                    Console.Error.WriteLine("  What was read is kept: run it again to go on.");
                    return ExitCode.Failed;
                }
            }
        );
    }
}
