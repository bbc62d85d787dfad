using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Questions;

/// <summary>The same funnel over the equally many days before its range.</summary>
internal static class RangeBefore
{
    /// <summary>The plan of that range.</summary>
    /// <exception cref="DefinitionException">The funnel has no range.</exception>
    public static FunnelPlan Of(FunnelPlan plan)
    {
        if (plan.Funnel is not { From: { } from, To: { } to })
        {
            throw new DefinitionException(
                "A comparison with the period before needs a range.",
                "Give both 'from' and 'to'."
            );
        }

        var days = to.DayNumber - from.DayNumber;
        if (from.DayNumber - days < new DateOnly(1000, 1, 1).DayNumber)
        {
            throw new DefinitionException("The range before would begin before the year 1000.", "Give a later 'from'.");
        }

        var funnel = plan.Funnel with { From = from.AddDays(-days), To = from };
        return plan with { Funnel = funnel, Rules = FunnelRules.Of(funnel, plan.Source.Zone) };
    }
}
