using Sluice.Core;
using Sluice.Core.Funnels;

namespace Sluice.Project.Funnels;

/// <summary>Looks for the tables of a funnel each of whose events has one of its own.</summary>
internal static class StepTables
{
    /// <summary>The events that have none.</summary>
    public static IEnumerable<FunnelProblem> Check(FunnelDefinition funnel) =>
        funnel.EventTable is not null
            ? []
            :
            [
                .. Check("steps", funnel, funnel.Steps.Select(step => step.Events)),
                .. Check("exclude", funnel, funnel.Exclude.Select(exclusion => exclusion.Events)),
            ];

    private static IEnumerable<FunnelProblem> Check(
        string key,
        FunnelDefinition funnel,
        IEnumerable<EventSelector> selectors
    ) =>
        selectors
            .SelectMany(events => events.Names)
            .Where(name => !funnel.StepTables.Keys.Any(EventSelector.Of(name).MatchesName))
            .Select(name => new FunnelProblem(
                key,
                $"the event '{name}' has no table under 'events'.",
                Nearest.Suggest(name, funnel.StepTables.Keys)
            ));
}
