namespace Sluice.Core.Statistics;

/// <summary>How large a difference of two rates must be for <see cref="TwoProportionTest"/> to see it.</summary>
/// <remarks>
/// The difference d between rates p1 and p2 that solves d = z(α/2)·√(p(1 − p)(1/n1 + 1/n2)) + z(β)·√(p1(1 − p1)/n1 +
/// p2(1 − p2)/n2), with p the rate of both groups together and 1 − β the power: J. L. Fleiss, A. Tytun, H. K. Ury, "A simple
/// approximation for calculating sample sizes for comparing independent proportions" (1980), without the correction for
/// continuity, solved for the difference. For groups of one size it is what R's <c>power.prop.test</c> computes.
/// </remarks>
public static class MinimumDetectableEffect
{
    /// <summary>The smallest difference that is seen with that power, above 0 to 1, upwards or downwards, whichever is
    /// smaller: nothing below it is seen in either direction. Null where a group is empty, or so small that not even a rate
    /// of 0 or 1 is told from the other.</summary>
    /// <param name="trials1">Units of the group whose rate is in question.</param>
    /// <param name="trials2">Units of the group that it is compared with.</param>
    /// <param name="rate2">The rate of the latter, 0 to 1.</param>
    /// <param name="power">Probability of seeing the difference, at least 0.5 and below 1.</param>
    /// <param name="alpha">Probability of seeing one that does not exist, on either side, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or the rate or a probability is not within
    /// its bounds.</exception>
    public static double? Of(long trials1, long trials2, double rate2, double power = 0.8, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials1);
        ArgumentOutOfRangeException.ThrowIfNegative(trials2);
        if (rate2 is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate2), rate2, "A rate lies within 0 to 1.");
        }

        if (power is not (>= 0.5 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(power), power, "A power is at least 0.5 and below 1.");
        }

        if (alpha is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(alpha),
                alpha,
                "An alpha lies between 0 and 1, neither inside."
            );
        }

        var zAlpha = -StandardNormal.Quantile(alpha / 2);
        var zBeta = StandardNormal.Quantile(power);
        if (trials1 == 0 || trials2 == 0)
        {
            return null;
        }

        double n1 = trials1;
        double n2 = trials2;
        var up = Smallest(1 - rate2, difference => IsSeen(rate2 + difference, difference));
        var down = Smallest(rate2, difference => IsSeen(rate2 - difference, difference));
        return up is null || down < up ? down : up;

        bool IsSeen(double rate1, double difference)
        {
            var pooled = ((n1 * rate1) + (n2 * rate2)) / (n1 + n2);
            var none = pooled * (1 - pooled) * ((1 / n1) + (1 / n2));
            var some = (rate1 * (1 - rate1) / n1) + (rate2 * (1 - rate2) / n2);
            return difference >= (zAlpha * Root(none)) + (zBeta * Root(some));
        }
    }

    // The right side of the formula is a concave function of the difference, so what is seen begins at one point. That a
    // difference of 0 solves it as well, where the rate is 0 or 1, keeps a general root finder from being of use.
    private static double? Smallest(double limit, Func<double, bool> isSeen)
    {
        if (limit <= 0 || !isSeen(limit))
        {
            return null;
        }

        var (unseen, seen) = (0.0, limit);
        while ((unseen + seen) / 2 is var middle && middle > unseen && middle < seen)
        {
            (unseen, seen) = isSeen(middle) ? (unseen, middle) : (middle, seen);
        }

        return seen;
    }

    // Rounding may leave a variance of none a little below 0.
    private static double Root(double variance) => Math.Sqrt(Math.Max(variance, 0));
}
