using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Planning;

namespace Sluice.Cli.Commands.Models;

/// <summary><c>sluice model plan</c>: what would be built, and why.</summary>
internal static class PlanCommand
{
    private static readonly ListOutput Output = new("model", "materialized", "action", "why");

    public static Command Create()
    {
        var command = new ExampleCommand(
            "plan",
            "Says what 'sluice model' would build, and why; changes nothing.",
            "sluice model plan --date 2015-05-01",
            "sluice model plan --select state:modified+ --format json"
        );
        var options = new ModelOptions();
        var (date, format) = (Shared.Date(), Shared.Format());
        options.AddTo(command);
        command.Add(date);
        command.Add(format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project), options.VariablesOf(parsed));
                var interval = Shared.IntervalOf(parsed.GetValue(date), sluice.Project.TimeZone, sluice.Clock);
                var how = options.RunOptionsOf(parsed);
                var run = await ModelingRun.StartAsync(
                    sluice.Ports,
                    sluice.Project,
                    interval,
                    new()
                    {
                        FullRefresh = how.FullRefresh,
                        Variables = how.Variables,
                        TargetName = how.TargetName,
                        Selected = await options.SelectedAsync(sluice, interval, parsed, cancellationToken),
                    },
                    cancellationToken: cancellationToken
                );
                var asked = Shared.FormatOf(parsed, format);
                Output.Write(run.Plan.Models.Select(Row), asked);
                if (asked == OutputFormat.Table)
                {
                    Console.Out.WriteLine(Summary(run.Plan, interval.Ds));
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static object?[] Row(PlannedModel planned) =>
        [
            planned.Model.Name,
            planned.Model.Seed is null ? planned.Model.Config.Materialized.ToString().ToLowerInvariant() : "seed",
            planned.Action switch
            {
                PlanAction.Keep => "keep",
                PlanAction.Check => "test",
                PlanAction.Build => "build",
                PlanAction.Add => "add rows",
                PlanAction.Inline => "inline",
            },
            planned.Reason,
        ];

    private static string Summary(ModelPlan plan, string ds)
    {
        var work = plan.Models.Count(planned => planned.Action is PlanAction.Build or PlanAction.Add);
        var checks = plan.Models.Count(planned => planned.Action == PlanAction.Check);
        return work + checks == 0
            ? $"{ds}: nothing to do."
            : $"{ds}: {work} of {plan.Models.Count} models would be built{(checks > 0 ? $", {checks} tested" : "")}.";
    }
}
