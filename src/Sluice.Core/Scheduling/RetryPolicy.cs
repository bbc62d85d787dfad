namespace Sluice.Core.Scheduling;

/// <summary>How a task that failed is tried again.</summary>
/// <param name="Retries">How often; 0 for never.</param>
/// <param name="Delay">How long it waits before the first.</param>
public sealed record RetryPolicy(int Retries, TimeSpan Delay)
{
    private const int MostDoublings = 30;

    /// <summary>Never again.</summary>
    public static RetryPolicy None { get; } = new(0, TimeSpan.FromMinutes(5));

    /// <summary>Whether the wait doubles from try to try.</summary>
    public bool IsExponential { get; init; }

    /// <summary>The longest wait where it doubles; one that stays the same has no bound, as in Airflow.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long to wait after a try, from 1.</summary>
    /// <param name="tried">Tries so far.</param>
    /// <param name="jitter">0 to 1: an exponential wait is drawn from its upper half, so that what failed together does not come again together.</param>
    public TimeSpan After(int tried, double jitter)
    {
        if (!IsExponential)
        {
            return Delay;
        }

        var full = Math.Min(MaxDelay.Ticks, Delay.Ticks * Math.Pow(2, Math.Min(tried - 1, MostDoublings)));
        return TimeSpan.FromTicks((long)(full * (0.5 + (jitter / 2))));
    }
}
