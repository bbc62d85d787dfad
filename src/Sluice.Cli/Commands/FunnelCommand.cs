using System.CommandLine;
using Sluice.Cli.Funnels;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice funnel</c>: the answer of a funnel that is saved, in a file or on the line, or the list of those saved.</summary>
internal static class FunnelCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "funnel",
            "Answers a funnel: a saved one, one of a file or one on the line. Without any it lists those saved.",
            "sluice funnel",
            "sluice funnel search_to_payment",
            "sluice funnel search_to_payment --by sex,month_of_year:date --format csv",
            "sluice funnel checkout --from 2015-01-01 --to 2015-02-01 --trend week --compare",
            "sluice funnel --steps step4,step5,step6 --window 7d --order ordered --by sex",
            "sluice funnel --steps \"search,cart?,pay|order*\" --exclude refund:1:2 --entry first",
            "sluice funnel --steps signup,purchase --window 14d --events events.csv --format json",
            "sluice funnel --definition funnel.yaml --events events.parquet --format html",
            "sluice funnel checkout --users 3 --dropped --format csv",
            "sluice funnel checkout --why 100018"
        );
        var options = new FunnelCommandLine();
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (options.Parse(parsed) is { } request)
                {
                    await new FunnelRun(request).RunAsync(cancellationToken);
                }
                else
                {
                    FunnelList.Write(Composition.OpenForFunnels(parsed.GetValue(Shared.Project)).Project);
                }

                return ExitCode.Done;
            }
        );
        return command;
    }
}
