namespace Sluice.Core.Extraction.Throttling;

/// <summary>
/// A budget per second. What is taken is what a page is expected to cost; what it really cost is settled afterwards, and may
/// leave a debt that later pages wait for. Not thread safe.
/// </summary>
/// <remarks>Over any span no more than rate × time + burst is taken, plus what a single page costs more than the burst.</remarks>
internal sealed class TokenBucket
{
    private readonly TimeSpan _burst;
    private double _balance;
    private TimeSpan _at;

    public TokenBucket(double rate, TimeSpan burst, TimeSpan now)
    {
        (Rate, _burst, _at) = (rate, burst, now);
        _balance = Burst;
    }

    /// <summary>Tokens per second.</summary>
    public double Rate { get; private set; }

    /// <summary>Most tokens that it holds, at least one.</summary>
    public double Burst => Math.Max(1, Rate * _burst.TotalSeconds);

    /// <summary>Changes the rate from now on.</summary>
    public void SetRate(double rate, TimeSpan now)
    {
        Fill(now);
        Rate = rate;
        _balance = Math.Min(_balance, Burst);
    }

    /// <summary>How long until this much may be taken; zero for now.</summary>
    public TimeSpan Until(double cost, TimeSpan now)
    {
        Fill(now);
        var missing = Math.Min(cost, Burst) - _balance;
        return missing <= 0
            ? TimeSpan.Zero
            : TimeSpan.FromTicks((long)Math.Ceiling(missing / Rate * TimeSpan.TicksPerSecond));
    }

    /// <summary>Takes it, whatever is there; a negative cost gives back.</summary>
    public void Take(double cost, TimeSpan now)
    {
        Fill(now);
        _balance = Math.Min(_balance - cost, Burst);
    }

    private void Fill(TimeSpan now)
    {
        if (now > _at)
        {
            _balance = Math.Min(Burst, _balance + (Rate * (now - _at).TotalSeconds));
            _at = now;
        }
    }
}
