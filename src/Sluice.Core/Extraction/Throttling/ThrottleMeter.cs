using System.Diagnostics.Metrics;

namespace Sluice.Core.Extraction.Throttling;

/// <summary>The figures of one source's throttle.</summary>
internal sealed class ThrottleMeter : IDisposable
{
    /// <summary>The meter that listeners ask for.</summary>
    public const string Name = "Sluice.Extraction";

    private readonly Meter _meter;
    private readonly Counter<double> _waited;
    private readonly Histogram<double> _probe;
    private readonly Counter<long> _cuts;
    private readonly KeyValuePair<string, object?> _source;

    /// <summary>Creates the instruments.</summary>
    /// <param name="source">The source's name, a tag of every measurement.</param>
    /// <param name="rate">Rows per second that are allowed; null for any, which is not measured.</param>
    /// <param name="pause">Why nothing is read; null where something is.</param>
    public ThrottleMeter(string source, Func<double?> rate, Func<PauseReason?> pause)
    {
        _source = new("sluice.source", source);
        _meter = new(Name);
        _waited = _meter.CreateCounter<double>(
            "sluice.extraction.throttle.wait.time",
            "s",
            "How long sessions waited for their next page."
        );
        _probe = _meter.CreateHistogram<double>(
            "sluice.extraction.throttle.probe.duration",
            "s",
            "What a trivial statement took."
        );
        _cuts = _meter.CreateCounter<long>(
            "sluice.extraction.throttle.cuts",
            "{cut}",
            "How often the rate fell because the source showed strain."
        );
        _meter.CreateObservableGauge(
            "sluice.extraction.throttle.allowed_rate",
            () => rate() is { } rows ? [new Measurement<double>(rows, _source)] : Array.Empty<Measurement<double>>(),
            "{row}/s",
            "Rows per second that may be read."
        );
        _meter.CreateObservableGauge(
            "sluice.extraction.throttle.paused",
            () => Paused(pause()),
            description: "1 while nothing is read, with the reason."
        );
    }

    public void AddWait(TimeSpan time) => _waited.Add(time.TotalSeconds, _source);

    public void AddProbe(TimeSpan latency) => _probe.Record(latency.TotalSeconds, _source);

    public void AddCut() => _cuts.Add(1, _source);

    public void Dispose() => _meter.Dispose();

    private Measurement<int> Paused(PauseReason? pause) =>
        pause is null ? new(0, _source) : new(1, _source, new("sluice.throttle.reason", pause.Kind));
}
