namespace Sluice.Core.Statistics;

/// <summary>The score interval of a proportion: good for small samples and for rates near 0 and 1.</summary>
/// <remarks>
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927), without correction for
/// continuity: method 3 of R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998).
/// </remarks>
public static class WilsonInterval
{
    /// <summary>The interval, inside 0 to 1; null without trials. None of them gives a low of exactly 0, all a high of 1.</summary>
    /// <param name="successes">Units that converted: 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Units that could have.</param>
    /// <param name="confidence">Share of such intervals that hold the true rate, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, successes exceed trials, or the confidence is not
    /// between 0 and 1.</exception>
    public static Interval? Of(long successes, long trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, successes);
        var z = StandardNormal.Within(confidence);
        if (trials == 0)
        {
            return null;
        }

        // The ends are the roots of (n + z²)x² − (2s + z²)x + s²/n. The small one comes from their product: the difference
        // of the formula in the books loses its digits where few of many converted.
        double s = successes;
        double n = trials;
        var high = ((2 * s) + (z * z) + (z * Math.Sqrt((z * z) + (4 * s * (1 - (s / n)))))) / (2 * (n + (z * z)));
        var low = s / n * s / ((n + (z * z)) * high);
        return new Interval(low, successes == trials ? 1 : Math.Min(high, 1));
    }
}
