namespace Sluice.Core.Funnels;

/// <summary>Says what is wrong in a funnel, apart from where it is asked.</summary>
public static class FunnelValidation
{
    /// <summary>Every problem; none for a funnel that can be asked.</summary>
    public static IReadOnlyList<FunnelProblem> Check(FunnelDefinition funnel)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        return
        [
            .. Steps(funnel),
            .. Exclusions(funnel),
            .. funnel.Semantics == FunnelSemantics.WindowFunnel ? WindowFunnel(funnel) : SluiceOrders(funnel),
            .. Breakdowns(funnel),
            .. Range(funnel),
        ];
    }

    /// <summary>Throws the first problem.</summary>
    /// <exception cref="DefinitionException">There is one.</exception>
    public static void ThrowIfWrong(FunnelDefinition funnel)
    {
        if (Check(funnel) is [var problem, ..])
        {
            throw new DefinitionException($"The funnel '{funnel.Name}': {problem.Message}", problem.Hint);
        }
    }

    private static IEnumerable<FunnelProblem> Steps(FunnelDefinition funnel)
    {
        if (funnel.Steps.Count < 2)
        {
            yield return new("steps", "A funnel has two steps or more.", "Write for example: steps: [search, payment]");
        }

        if (funnel.Steps is [{ Optional: true }, ..])
        {
            yield return new("steps", "The first step cannot be optional.", "Leave 'optional' out there.");
        }

        if (
            funnel.Steps.Any(step => step.Optional) && (funnel.Order is not (FunnelOrder.Ordered or FunnelOrder.Strict))
        )
        {
            yield return new(
                "steps",
                $"An optional step has no meaning with order: {Name(funnel.Order)}.",
                "Use order: ordered or strict."
            );
        }
    }

    private static IEnumerable<FunnelProblem> Exclusions(FunnelDefinition funnel)
    {
        var steps = funnel.Steps.Count;
        foreach (var exclusion in funnel.Exclude)
        {
            var name = string.Join('|', exclusion.Events.Names);
            if (exclusion.After < 1 || exclusion.Before > steps || exclusion.After >= exclusion.Before)
            {
                yield return new(
                    "exclude",
                    FormattableString.Invariant(
                        $"The exclusion of '{name}' lies after step {exclusion.After} and before step {exclusion.Before}, which is no range inside the funnel."
                    ),
                    FormattableString.Invariant($"Steps count from 1 to {steps}, and 'after' is less than 'before'.")
                );
                continue;
            }

            if (funnel.Order == FunnelOrder.Unordered && (exclusion.After > 1 || exclusion.Before < steps))
            {
                yield return new(
                    "exclude",
                    $"In an unordered funnel the exclusion of '{name}' covers all steps: there is no step it could come after.",
                    "Leave 'after' and 'before' out."
                );
            }

            // With a filter on either side the same name may well be two different things.
            var step = Enumerable
                .Range(exclusion.After - 1, exclusion.Before - exclusion.After + 1)
                .FirstOrDefault(
                    step =>
                        exclusion.Events.Where is null
                        && funnel.Steps[step].Events.Where is null
                        && exclusion.Events.Overlaps(funnel.Steps[step].Events),
                    -1
                );
            if (step >= 0)
            {
                yield return new(
                    "exclude",
                    FormattableString.Invariant(
                        $"The exclusion of '{name}' is also an event of step {step + 1} ({funnel.Steps[step].Name}), which lies in its range."
                    ),
                    "Exclude another event, or tell the two apart with 'where'."
                );
            }
        }
    }

    private static IEnumerable<FunnelProblem> SluiceOrders(FunnelDefinition funnel)
    {
        if (funnel.Modes != WindowFunnelModes.None)
        {
            yield return new(
                "modes",
                "Modes belong to semantics: window_funnel.",
                "Add it, or leave 'modes' out; Sluice's own word is 'order'."
            );
        }

        if (funnel.Order != FunnelOrder.Open)
        {
            yield break;
        }

        foreach (
            var (key, given) in new[]
            {
                ("exclude", funnel.Exclude.Count > 0),
                ("hold", funnel.Hold.Count > 0),
                ("entry", funnel.Entry != FunnelEntry.Latest),
                ("window", funnel.Window is not null),
                ("late_steps", !funnel.LateSteps),
            }
        )
        {
            if (given)
            {
                yield return new(
                    key,
                    $"An open funnel has no attempts, so '{key}' has no meaning in it.",
                    $"Leave '{key}' out, or use order: ordered."
                );
            }
        }
    }

    private static IEnumerable<FunnelProblem> WindowFunnel(FunnelDefinition funnel)
    {
        foreach (
            var (key, given) in new[]
            {
                ("exclude", funnel.Exclude.Count > 0),
                ("hold", funnel.Hold.Count > 0),
                ("order", funnel.Order != FunnelOrder.Ordered),
                ("entry", funnel.Entry != FunnelEntry.Latest),
                ("steps", funnel.Steps.Any(step => step.Optional)),
            }
        )
        {
            if (given)
            {
                yield return new(
                    key,
                    key == "steps"
                        ? "semantics: window_funnel knows no optional steps."
                        : $"semantics: window_funnel knows no '{key}'.",
                    "Leave it out, or use Sluice's own semantics."
                );
            }
        }

        if (funnel.Window is null)
        {
            yield return new("window", "semantics: window_funnel needs a window.", "Write for example: window: 14d");
        }

        if (
            funnel.Modes.HasFlag(WindowFunnelModes.AllowReentry) && !funnel.Modes.HasFlag(WindowFunnelModes.StrictOrder)
        )
        {
            yield return new("modes", "allow_reentry needs strict_order beside it.", "Add strict_order.");
        }
    }

    private static IEnumerable<FunnelProblem> Breakdowns(FunnelDefinition funnel)
    {
        foreach (var twice in funnel.By.GroupBy(breakdown => breakdown).Where(same => same.Skip(1).Any()))
        {
            yield return new("by", $"The breakdown by '{twice.Key.Text}' is there twice.", "Leave one of them out.");
        }

        if (
            funnel.Order == FunnelOrder.Open
            && funnel.By.FirstOrDefault(breakdown => breakdown.Of == BreakdownOf.Entry) is { } entry
        )
        {
            yield return new(
                "by",
                $"An open funnel has no entry whose {entry.Label} it could be broken down by.",
                entry.Period == DatePeriod.Hour
                    ? "Use order: ordered."
                    : $"Take a period of a user's date, for example {entry.Label}:date, or use order: ordered."
            );
        }
    }

    private static IEnumerable<FunnelProblem> Range(FunnelDefinition funnel)
    {
        if (funnel is { From: { } from, To: { } to } && from >= to)
        {
            yield return new(
                "to",
                FormattableString.Invariant(
                    $"The range from {from:yyyy-MM-dd} to {to:yyyy-MM-dd} is empty: 'to' is the first day that is outside."
                ),
                "Give a later 'to'."
            );
        }

        if (funnel.Window is { } window && window <= TimeSpan.Zero)
        {
            yield return new("window", "The window must be longer than zero.", "Write for example 14d, or none.");
        }

        if (
            funnel.Attribution.Kind == AttributionKind.Step
            && (funnel.Attribution.Step < 1 || funnel.Attribution.Step > funnel.Steps.Count)
        )
        {
            yield return new(
                "attribution",
                FormattableString.Invariant($"There is no step {funnel.Attribution.Step} that values could come from."),
                FormattableString.Invariant($"Steps count from 1 to {funnel.Steps.Count}.")
            );
        }

        if (funnel.Limit < 1)
        {
            yield return new("limit", "The limit is one segment at least.", "Write for example: limit: 25");
        }

        if (funnel.MinSample < 1)
        {
            yield return new(
                "min_sample",
                "The minimum sample is one unit at least.",
                "Write for example: min_sample: 30"
            );
        }
    }

    private static string Name(FunnelOrder order) => order.ToString().ToLowerInvariant();
}
