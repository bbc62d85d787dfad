namespace Sluice.Core.Extraction.Throttling;

/// <summary>The latest probes. Not thread safe.</summary>
internal sealed class ProbeWindow(int size)
{
    // What a source's users notice are its slow statements. The very slowest say more about the scheduler's whims.
    private const double Slow = 0.2;
    private const double Slowest = 0.025;

    private readonly Queue<double> _ms = new(size);

    /// <summary>How many there are.</summary>
    public int Count => _ms.Count;

    /// <summary>Mean of the slowest fifth but for the very slowest, in milliseconds; zero without probes.</summary>
    public double SlowMs
    {
        get
        {
            var left = (int)Math.Ceiling(_ms.Count * Slowest);
            var slow = (int)Math.Ceiling(_ms.Count * Slow);
            return slow <= left ? _ms.DefaultIfEmpty().Max() : _ms.OrderDescending().Take(left..slow).Average();
        }
    }

    public void Add(TimeSpan latency)
    {
        if (_ms.Count == size)
        {
            _ms.Dequeue();
        }

        _ms.Enqueue(latency.TotalMilliseconds);
    }

    public void Clear() => _ms.Clear();
}
