using Sluice.Cli.Output;
using Sluice.Core.Projects;

namespace Sluice.Cli.Funnels;

/// <summary>Lists the saved funnels.</summary>
internal static class FunnelList
{
    public static void Write(ProjectDefinition project)
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
