namespace Sluice.Core.Funnels.Evaluation;

/// <summary>The time in which an excluded event taints an ordered attempt.</summary>
internal static class ExclusionSpan
{
    /// <summary>The instant after which it begins, and its last instant; nothing lies in it where the first bound was not reached.</summary>
    public static (long After, long Until) Of(Attempt attempt, FunnelRules rules, ExclusionRange range) =>
        (
            AfterOf(attempt, rules, range.After),
            BeforeOf(attempt, rules, range.Before) is { } before ? before - 1 : rules.WindowEnd(attempt.Entry)
        );

    // A bound on an optional step that was left out moves to the step taken before it.
    private static long AfterOf(Attempt attempt, FunnelRules rules, int step)
    {
        while (!attempt.Took(step) && rules.IsOptional(step))
        {
            step--;
        }

        return attempt.Took(step) ? attempt.MicrosOf(step) : long.MaxValue;
    }

    // It moves to the step taken after it; null where none was.
    private static long? BeforeOf(Attempt attempt, FunnelRules rules, int step)
    {
        while (step < rules.Steps && !attempt.Took(step) && rules.IsOptional(step))
        {
            step++;
        }

        return step < rules.Steps && attempt.Took(step) ? attempt.MicrosOf(step) : null;
    }
}
