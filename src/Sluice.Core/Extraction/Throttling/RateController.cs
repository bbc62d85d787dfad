using System.Globalization;

namespace Sluice.Core.Extraction.Throttling;

/// <summary>
/// Finds the rate at which the source stays about as fast as it is without us. It doubles until the source shows strain; then it
/// rises by steps and falls by a share, as TCP does, and doubles again only up to half of where it was. Not thread safe.
/// </summary>
/// <remarks>
/// Strain is a probe's latency while pages are read against that while none is. The calm probes are made in short rounds for
/// which the pages stop, so that our own load is never taken for calm, and only the latest count, so that a source that has
/// become slower or faster by itself is believed within a minute.
/// </remarks>
internal sealed class RateController
{
    // Slower than this many times the limit, twice in a row, is not waited on.
    private const double Sharp = 4;

    // A rate of which less is used would rise without being tried.
    private const double Used = 0.5;

    // From this share of the threads at which reading would pause it slows down.
    private const double ManyThreads = 0.75;

    private static readonly TimeSpan ReasonLasts = TimeSpan.FromSeconds(10);

    private readonly ThrottleTuning _tuning;
    private readonly double _floor;
    private readonly ProbeWindow _calm;
    private readonly ProbeWindow _working;
    private double _doubleBelow = double.PositiveInfinity;
    private bool _wasCut;
    private int _probes;
    private int _sharpProbes;
    private long _rows;
    private TimeSpan _decidedAt;
    private TimeSpan _cutAt;
    private long? _writePressure;

    public RateController(ThrottleTuning tuning, long floor, TimeSpan now)
    {
        _tuning = tuning;
        _floor = Math.Max(1, floor);
        _calm = new(tuning.CalmWindow);
        _working = new(tuning.ProbeWindow);
        _decidedAt = now;
        Rate = Slow;
    }

    /// <summary>Rows per second that may be read; never below the floor.</summary>
    public double Rate { get; private set; }

    /// <summary>Why the rate fell of late; null where it did not.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether the rate has never fallen yet.</summary>
    public bool IsStarting => double.IsPositiveInfinity(_doubleBelow);

    /// <summary>The calm latency of slow statements in milliseconds; null before the first round.</summary>
    public double? CalmMs => _calm.Count == 0 ? null : _calm.SlowMs;

    /// <summary>Whether the baseline has as many probes as it may have.</summary>
    public bool IsCalmKnown => _calm.Count == _tuning.CalmWindow;

    /// <summary>The rate at the beginning, and while the source cannot be watched.</summary>
    public double Slow => Math.Max(_floor, _tuning.CarefulRowsPerSecond);

    /// <summary>Begins again, slowly: what was measured before a pause says nothing about the source after it.</summary>
    public void Restart(TimeSpan now)
    {
        Rate = Slow;
        Reason = null;
        _doubleBelow = double.PositiveInfinity;
        _wasCut = false;
        _writePressure = null;
        _sharpProbes = 0;
        BeginDecision(now);
        _working.Clear();
    }

    /// <summary>Learns a probe that was made while no page was read.</summary>
    public void AddCalm(TimeSpan latency) => _calm.Add(latency);

    /// <summary>Counts what was read.</summary>
    public void AddRows(int rows) => _rows += rows;

    /// <summary>Looks at a probe that was made at any time, mostly between or during pages.</summary>
    /// <param name="latency">What it took.</param>
    /// <param name="pageSpeed">Rows per second while a page is read; null where that is not known yet.</param>
    /// <param name="now">Time since any fixed instant.</param>
    public RateChange AddProbe(TimeSpan latency, double? pageSpeed, TimeSpan now)
    {
        if (CalmMs is not { } calm)
        {
            return RateChange.None;
        }

        _working.Add(latency);
        _probes++;
        var limit = Limit(calm, _tuning.Tolerance);
        _sharpProbes = latency.TotalMilliseconds > limit * Sharp ? _sharpProbes + 1 : 0;
        if (_sharpProbes >= 2 || latency >= _tuning.Patience)
        {
            return Cut(_tuning.SharpBackOff, ProbeReason(latency.TotalMilliseconds, calm), now);
        }

        if (_probes < _tuning.ProbesPerDecision)
        {
            return RateChange.None;
        }

        // A few probes prove less than many: they must differ more.
        var slow = _working.SlowMs;
        var doubt = Math.Sqrt(
            (((double)_tuning.ProbeWindow / _working.Count) + ((double)_tuning.CalmWindow / _calm.Count)) / 2
        );
        if (slow > Limit(calm, 1 + ((_tuning.Tolerance - 1) * doubt)))
        {
            return Cut(_tuning.BackOff, ProbeReason(slow, calm), now);
        }

        var used = _rows >= Rate * (now - _decidedAt).TotalSeconds * Used;
        BeginDecision(now);
        return used && (slow <= limit || Rate < _doubleBelow) ? Raise(pageSpeed, now) : RateChange.None;
    }

    /// <summary>Looks at what the source says of its load.</summary>
    /// <param name="load">What it says.</param>
    /// <param name="maxThreads">The threads at which reading pauses; null for none.</param>
    /// <param name="now">Time since any fixed instant.</param>
    public RateChange AddLoad(SourceLoad load, int? maxThreads, TimeSpan now)
    {
        var more = load.WritePressure - _writePressure;
        _writePressure = load.WritePressure;
        if (more > 0)
        {
            return Cut(_tuning.BackOff, Invariant($"writes wait in the source, {more} more than a moment ago"), now);
        }

        return load.RunningThreads > maxThreads * ManyThreads
            ? Cut(
                _tuning.BackOff,
                Invariant($"{load.RunningThreads} statements run, it pauses above {maxThreads}"),
                now
            )
            : RateChange.None;
    }

    private RateChange Raise(double? pageSpeed, TimeSpan now)
    {
        _wasCut = false;
        if (Rate < _doubleBelow)
        {
            // The probes so far are those of half the rate.
            Rate = Math.Min(Rate * 2, _doubleBelow);
            _working.Clear();
        }
        else
        {
            Rate += Math.Max(_floor / 2, (pageSpeed ?? 0) * _tuning.Step);
        }

        if (now - _cutAt > ReasonLasts)
        {
            Reason = null;
        }

        return RateChange.Raised;
    }

    private RateChange Cut(double left, string reason, TimeSpan now)
    {
        // After several cuts in a row it is soon back near where the first one found it.
        _doubleBelow = _wasCut ? _doubleBelow : Rate * _tuning.SharpBackOff;
        Rate = Math.Max(_floor, Rate * left);
        (Reason, _cutAt, _wasCut, _sharpProbes) = (reason, now, true, 0);
        BeginDecision(now);
        _working.Clear();
        return RateChange.Cut;
    }

    private void BeginDecision(TimeSpan now) => (_probes, _rows, _decidedAt) = (0, 0, now);

    private double Limit(double calm, double tolerance) =>
        Math.Max(calm * tolerance, calm + _tuning.Slack.TotalMilliseconds);

    private static string ProbeReason(double ms, double calm) => Invariant($"probe {ms:0.0#} ms, calm {calm:0.0#} ms");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
