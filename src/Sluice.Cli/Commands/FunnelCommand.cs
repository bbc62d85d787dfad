using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core.Projects;
using Sluice.Project.Funnels;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice funnel</c>: the answer of a saved funnel, or the list of them.</summary>
internal static class FunnelCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "funnel",
            "Answers a saved funnel; without a name it lists them.",
            "sluice funnel",
            "sluice funnel search_to_payment",
            "sluice funnel search_to_payment --by sex,month_of_year:date --format csv"
        );
        var name = new Argument<string?>("NAME")
        {
            Description = "A funnel of funnels/.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var by = new Option<string[]>("--by")
        {
            Description =
                "Break the answer down, in place of the funnel's own breakdown: user properties, or a period of a date "
                + "as month_of_year:date (day, week, month, quarter, year, month_of_year, day_of_week). 'none' shows the total alone.",
            HelpName = "A,B",
            AllowMultipleArgumentsPerToken = true,
        };
        var (asOf, format) = (Shared.AsOf(), Shared.Format());
        command.Add(name);
        command.Add(by);
        command.Add(asOf);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                if (parsed.GetValue(name) is not { } wanted)
                {
                    List(sluice.Project);
                    return ExitCode.Done;
                }

                var funnel = sluice.Project.Funnel(wanted);
                var breakdowns = (parsed.GetValue(by) ?? [])
                    .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries))
                    .ToList();
                if (breakdowns.Count > 0)
                {
                    funnel = funnel with
                    {
                        By = breakdowns is ["none"] ? [] : [.. breakdowns.Select(BreakdownText.Parse)],
                    };
                }

                var build = await sluice.Builds.ResolveAsync(parsed.GetValue(asOf), cancellationToken);
                var answer = await sluice.Funnels.AskAsync(funnel, build, cancellationToken);
                FunnelOutput.Write(answer, build.Interval, Shared.FormatOf(parsed, format));
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static void List(ProjectDefinition project)
    {
        if (project.Funnels.Count == 0)
        {
            Console.Out.WriteLine("There are no funnels yet. Save one as funnels/NAME.yaml, for example:");
            Console.Out.WriteLine("  steps: [signup, purchase]");
            return;
        }

        var table = new TextTable("name", "order", "steps", "description");
        foreach (var funnel in project.Funnels.Values)
        {
            table.Add(
                funnel.Name,
                funnel.Order.ToString().ToLowerInvariant(),
                string.Join(" → ", funnel.Steps.Select(step => step.Name)),
                funnel.Description ?? ""
            );
        }

        table.Write();
    }
}
