namespace Sluice.Core.Statistics;

/// <summary>Conversion by a horizon where the youngest units have not had that long yet: the product-limit estimator.</summary>
/// <remarks>
/// E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations" (1958): S(t) is the product of 1 − d/n
/// over the times up to t, with d the events at that time and n the units watched until then. Of equal times, events come
/// before censorings. The interval has the variance of M. Greenwood (1926) on the scale log(−log S), which keeps it inside 0
/// to 1: J. D. Kalbfleisch, R. L. Prentice, "The Statistical Analysis of Failure Time Data" (1980), R's <c>conf.type =
/// "log-log"</c>. That scale has no place for an S of 1 or 0, no events or nothing but events: there the interval is
/// <see cref="WilsonInterval"/>'s, of the units whose outcome at the horizon is known.
/// </remarks>
public static class KaplanMeier
{
    /// <summary>Sorts, then estimates: <see cref="OfSorted"/>. Takes no memory beside the spans.</summary>
    /// <param name="durations">Of each unit, how long it took to convert or was watched; afterwards ascending.</param>
    /// <param name="censored">Of each unit, whether it was watched that long without converting; reordered alike.</param>
    /// <param name="horizon">In the unit of the durations; inside.</param>
    /// <param name="watchedThrough">Further units, which are not in the spans: watched to the horizon at least, without converting.</param>
    /// <param name="confidence">That of the interval, between 0 and 1.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1, or the further units are below 0.</exception>
    public static KaplanMeierEstimate? Of(
        Span<long> durations,
        Span<bool> censored,
        long horizon,
        int watchedThrough = 0,
        double confidence = 0.95
    )
    {
        ThrowIfUnpaired(durations, censored);
        durations.Sort(censored);
        return OfSorted(durations, censored, horizon, watchedThrough, confidence);
    }

    /// <summary>The estimate, in one pass; null where nobody was watched as far as the horizon and not everybody converted
    /// before: also without units.</summary>
    /// <param name="durations">Of each unit, how long it took to convert or was watched; ascending.</param>
    /// <param name="censored">Of each unit, whether it was watched that long without converting.</param>
    /// <param name="horizon">In the unit of the durations; inside.</param>
    /// <param name="watchedThrough">Further units, which are not in the spans: watched to the horizon at least, without converting.</param>
    /// <param name="confidence">That of the interval, between 0 and 1.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or the durations up to the horizon are not ascending.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1, or the further units are below 0.</exception>
    public static KaplanMeierEstimate? OfSorted(
        ReadOnlySpan<long> durations,
        ReadOnlySpan<bool> censored,
        long horizon,
        int watchedThrough = 0,
        double confidence = 0.95
    )
    {
        ThrowIfUnpaired(durations, censored);
        ArgumentOutOfRangeException.ThrowIfNegative(watchedThrough);
        var units = checked(durations.Length + watchedThrough);
        var z = StandardNormal.Within(confidence);
        var survival = 1.0;
        var greenwood = 0.0;
        var (events, lost, next) = (0, 0, 0);
        while (next < durations.Length && durations[next] <= horizon)
        {
            var at = durations[next];
            var watched = units - next;
            var now = 0;
            for (; next < durations.Length && durations[next] == at; next++)
            {
                now += censored[next] ? 0 : 1;
            }

            if (next < durations.Length && durations[next] < at)
            {
                throw new ArgumentException("Durations must be ascending.", nameof(durations));
            }

            var left = watched - now;
            events += now;
            lost += at < horizon ? left - (units - next) : 0;
            survival *= (double)left / watched;
            greenwood += left == 0 ? 0 : now / ((double)watched * left);
        }

        var isKnown = units > 0 && (survival == 0 || watchedThrough > 0 || durations[^1] >= horizon);
        return isKnown
            ? new KaplanMeierEstimate(
                1 - survival,
                survival is > 0 and < 1
                    ? LogLog(survival, z * Math.Sqrt(greenwood))
                    : WilsonInterval.Of(events, units - lost, confidence)!.Value,
                events,
                lost
            )
            : null;
    }

    private static Interval LogLog(double survival, double margin)
    {
        var log = Math.Log(survival);
        var factor = Math.Exp(margin / -log);
        return new Interval(1 - Math.Exp(log / factor), 1 - Math.Exp(log * factor));
    }

    private static void ThrowIfUnpaired(ReadOnlySpan<long> durations, ReadOnlySpan<bool> censored)
    {
        if (durations.Length != censored.Length)
        {
            throw new ArgumentException("Each duration needs a flag, and each flag a duration.", nameof(censored));
        }
    }
}
