namespace Sluice.Core.Funnels;

/// <summary>What the steps of a funnel are called where it is told who took them.</summary>
public static class StepNames
{
    /// <summary>The steps' names. Step k of an unordered funnel is any k of its steps, not the k-th that was written.</summary>
    public static IReadOnlyList<string> Of(FunnelDefinition funnel)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        var count = funnel.Steps.Count;
        return
        [
            .. funnel.Steps.Select(
                (step, i) =>
                    funnel.Order != FunnelOrder.Unordered ? step.Name
                    : i + 1 == count ? FormattableString.Invariant($"all {count}")
                    : FormattableString.Invariant($"any {i + 1} of {count}")
            ),
        ];
    }
}
