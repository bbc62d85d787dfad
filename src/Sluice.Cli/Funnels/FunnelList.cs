using Sluice.Cli.Output;
using Sluice.Core.Projects;

namespace Sluice.Cli.Funnels;

/// <summary>Lists the saved funnels, on standard error those that cannot be asked.</summary>
internal static class FunnelList
{
    public static void Write(ProjectDefinition project)
    {
        if (project.Funnels.Count == 0 && project.BrokenFunnels.Count == 0)
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

        if (project.Funnels.Count > 0)
        {
            table.Write();
        }

        WarnOfBroken(project);
    }

    /// <summary>Names what is wrong with saved funnels, which keeps no other one from being asked.</summary>
    public static void WarnOfBroken(ProjectDefinition project)
    {
        foreach (var problem in project.BrokenFunnels.Values.SelectMany(problems => problems))
        {
            Console.Error.WriteLine($"warning: {problem}");
        }
    }
}
