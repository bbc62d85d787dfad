namespace Sluice.Core.Statistics;

/// <summary>Whether two groups convert at different rates: the two-sided z test with pooled variance.</summary>
/// <param name="Difference">The rate of the first group minus that of the second, −1 to 1.</param>
/// <param name="PValue">Probability of a difference at least as large if there were none, 0 to 1.</param>
/// <param name="DifferenceInterval">Where the true difference lies, inside −1 to 1.</param>
/// <remarks>
/// The test is that of J. L. Fleiss, B. Levin, M. C. Paik, "Statistical Methods for Rates and Proportions" (2003), without
/// correction for continuity; its square is Pearson's χ² of the two by two table. The interval is Newcombe's hybrid score,
/// method 10 of R. G. Newcombe, "Interval estimation for the difference between independent proportions" (1998). The two
/// rest on different approximations: near the threshold one may see a difference where the other does not.
/// </remarks>
public readonly record struct TwoProportionTest(double Difference, double PValue, Interval DifferenceInterval)
{
    /// <summary>Compares two groups that share no unit; null where one is empty. Where nobody or everybody of both
    /// converted there is no difference, and the p-value is 1.</summary>
    /// <param name="successes1">Units of the first group that converted: 0 to <paramref name="trials1"/>.</param>
    /// <param name="trials1">Units of the first group.</param>
    /// <param name="successes2">Units of the second group that converted: 0 to <paramref name="trials2"/>.</param>
    /// <param name="trials2">Units of the second group.</param>
    /// <param name="confidence">That of the interval, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, successes exceed trials, or the confidence is not
    /// between 0 and 1.</exception>
    public static TwoProportionTest? Of(
        long successes1,
        long trials1,
        long successes2,
        long trials2,
        double confidence = 0.95
    )
    {
        var interval1 = WilsonInterval.Of(successes1, trials1, confidence);
        var interval2 = WilsonInterval.Of(successes2, trials2, confidence);
        if (interval1 is not { } first || interval2 is not { } second)
        {
            return null;
        }

        double n1 = trials1;
        double n2 = trials2;
        var rate1 = successes1 / n1;
        var rate2 = successes2 / n2;
        var difference = rate1 - rate2;
        var pooled = ((double)successes1 + successes2) / (n1 + n2);
        var deviation = Math.Sqrt(pooled * (1 - pooled) * ((1 / n1) + (1 / n2)));
        return new TwoProportionTest(
            difference,
            difference == 0 ? 1 : StandardNormal.Beyond(difference / deviation),
            new Interval(
                Math.Max(difference - double.Hypot(rate1 - first.Low, second.High - rate2), -1),
                Math.Min(difference + double.Hypot(first.High - rate1, rate2 - second.Low), 1)
            )
        );
    }
}
