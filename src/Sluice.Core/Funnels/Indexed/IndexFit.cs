using System.Globalization;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.Core.Funnels.Indexed;

/// <summary>Says why an index cannot answer a funnel.</summary>
internal static class IndexFit
{
    /// <summary>The reasons, as sentences; none where it can.</summary>
    public static IReadOnlyList<string> Misfits(FunnelPlan plan, JourneyIndex index) =>
        [.. OfFunnel(plan), .. OfIndex(plan, index)];

    /// <summary>The reasons that lie in the funnel alone.</summary>
    public static IEnumerable<string> OfFunnel(FunnelPlan plan)
    {
        var funnel = plan.Funnel;
        if (plan.ByReference)
        {
            yield return "The reference evaluator was asked for.";
        }

        if (plan.Source.Events is not [{ Event: null }])
        {
            yield return "Each step has a table of its own.";
        }

        if (funnel.Unit is not (null or "user"))
        {
            yield return $"The unit is {funnel.Unit}; the index holds users.";
        }

        foreach (
            var selector in funnel
                .Steps.Select(step => (step.Name, step.Events))
                .Concat(funnel.Exclude.Select(item => (Name: "an exclusion", item.Events)))
                .Where(selector => selector.Events.Where is not null)
        )
        {
            yield return $"A filter on {selector.Name} looks at columns that the index does not hold.";
        }

        if (funnel.Hold.Count > 0)
        {
            yield return "'hold' looks at properties of events.";
        }

        if (plan.HasEventBreakdown)
        {
            yield return "The breakdown takes a property of events.";
        }

        if (plan.UserProperties.Count > 0 && plan.Source.Users?.Columns.ValidFrom is not null)
        {
            yield return "Properties of users change with time (valid_from).";
        }
    }

    private static IEnumerable<string> OfIndex(FunnelPlan plan, JourneyIndex index)
    {
        foreach (var property in plan.UserProperties.Where(property => index.PropertyAt(property) < 0))
        {
            var reason = index.Contents.LeftOut.FirstOrDefault(left =>
                string.Equals(left.Name, property, StringComparison.OrdinalIgnoreCase)
            );
            yield return reason is null
                ? $"The index does not hold the property '{property}'."
                : $"The index does not hold the property '{property}': {reason.Reason}.";
        }

        if (index.Contents.Summary.OutsideCalendar > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{index.Contents.Summary.OutsideCalendar} events lie outside the years 1 to 9999."
            );
        }

        if (!plan.AsksTimes && index.Contents.Summary.WithoutTime > 0)
        {
            yield return "The funnel counts events without a time, which the index does not hold.";
        }

        if (RareStep(plan, index.Contents.Names) is { } name)
        {
            yield return $"'{name}' is or may be one of the rare events, which share a code in the index.";
        }
    }

    // Rare names share one code: it can stand for a step only where either none of them or all of them take it.
    private static string? RareStep(FunnelPlan plan, JourneyNames names)
    {
        var selectors = plan
            .Funnel.Steps.Select(step => step.Events)
            .Concat(plan.Funnel.Exclude.Select(item => item.Events));
        foreach (var selector in selectors)
        {
            var taken = names.Rare.Count(selector.MatchesName);
            if (taken > 0 && (taken < names.Rare.Count || names.MoreRare))
            {
                return selector.Names[0];
            }

            if (names.MoreRare && taken == 0 && selector.Names.Any(name => names.CodeOf(name) == JourneyNames.RareCode))
            {
                return selector.Names[0];
            }
        }

        return null;
    }
}
