using System.Globalization;

namespace Sluice.Core.Extraction.Throttling;

/// <summary>
/// What is allowed at the moment, from the settings, from what the monitor saw and from the pages so far. It knows no clock and
/// waits for nothing. Not thread safe.
/// </summary>
internal sealed class SourcePace
{
    // While nothing may be read it is looked again after this time.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan BudgetLasts = TimeSpan.FromSeconds(2);

    // A probe later than this after the last page says nothing about us.
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(1);

    private readonly string _source;
    private readonly ThrottleSettings _settings;
    private readonly RateController _controller;
    private readonly PageSize _pages;
    private readonly TokenBucket? _rowBudget;
    private readonly TokenBucket? _byteBudget;
    private readonly TokenBucket _pace;
    private PauseReason? _hours;
    private PauseReason? _condition;
    private bool _isCritical;
    private bool _isHushed;
    private bool _hasBegun;
    private string? _failure;
    private string? _budget;
    private TimeSpan _budgetAt;
    private TimeSpan? _latency;
    private PipelineException? _end;
    private int _running;
    private TimeSpan _quietSince;

    public SourcePace(string source, ThrottleSettings settings, ThrottleTuning tuning, TimeSpan now)
    {
        (_source, _settings) = (source, settings);
        _controller = new(tuning, settings.FloorRowsPerSecond, now);
        _pages = new(tuning);
        _rowBudget = settings.MaxRowsPerSecond is { } rows ? new(Math.Max(1, rows), tuning.Burst, now) : null;
        _byteBudget = settings.MaxBytesPerSecond is { } bytes ? new(Math.Max(1, bytes), tuning.Burst, now) : null;
        _pace = new(_controller.Rate, tuning.Burst, now);
        // Nothing is read before the source's calm is known.
        _isHushed = settings.IsAdaptive;
    }

    /// <summary>Why nothing is read; null where something is.</summary>
    public PauseReason? Pause => _hours ?? _condition;

    /// <summary>Rows per second that are allowed; null for any.</summary>
    public double? Rate => Least(IsPaced ? PaceRate : null, _rowBudget?.Rate);

    /// <summary>Whether the calm latency is known well.</summary>
    public bool IsCalmKnown => _controller.IsCalmKnown;

    private bool IsPaced => _settings.IsAdaptive || _failure is not null;

    private double PaceRate =>
        _failure is null ? _controller.Rate
        : _settings.IsAdaptive ? Math.Min(_controller.Rate, _controller.Slow)
        : _controller.Slow;

    public ThrottleState State(TimeSpan waited, TimeSpan now) =>
        new(Pause is null ? Rate : 0, Reason(now), Pause is not null, _latency, waited);

    /// <summary>Gives a turn, or says how long to wait before asking again.</summary>
    /// <exception cref="PipelineException">The load is critical.</exception>
    public bool TryBegin(TimeSpan now, out int rows, out long bytes, out TimeSpan wait)
    {
        if (_end is not null)
        {
            throw Again(_end);
        }

        (rows, bytes, wait) = (0, 0, Look);
        if (Pause is not null)
        {
            return false;
        }

        if (_isHushed)
        {
            wait = ShortLook;
            return false;
        }

        rows = _pages.Rows(Rate);
        bytes = (long)(rows * (_pages.BytesPerRow ?? 0));
        wait = Wait(rows, bytes, now);
        if (wait > TimeSpan.Zero)
        {
            wait = wait < Look ? wait : Look;
            return false;
        }

        Take(rows, bytes, now);
        _running++;
        return true;
    }

    /// <summary>Ends a turn: settles what it really cost, and learns from it.</summary>
    public void End(ThrottleTurn turn, TimeSpan elapsed, TimeSpan now)
    {
        _running--;
        _quietSince = now;
        Take(turn.Rows - turn.MaxRows, turn.Bytes - turn.ExpectedBytes, now);
        _pages.Learn(turn.MaxRows, turn.Rows, turn.Bytes, elapsed);
        _controller.AddRows(turn.Rows);
    }

    /// <summary>Nothing is read at these hours; null opens them.</summary>
    public void SetHours(DateTimeOffset? opens, TimeSpan now) =>
        SetPause(opens is { } at ? PauseReason.Until(at) : null, _condition, now);

    /// <summary>Learns what a look at the source found; what could not be measured is null.</summary>
    public RateChange Polled(bool isFlagged, double? query, SourceLoad? load, TimeSpan now)
    {
        var isCritical = load?.RunningThreads > _settings.CriticalRunningThreads;
        if (isCritical && _isCritical)
        {
            _end = Critical(load!.RunningThreads!.Value);
        }

        _isCritical = isCritical;
        SetPause(_hours, PauseReason.First(_settings, isFlagged, query, load), now);
        return load is null || Pause is not null || !_settings.IsAdaptive
            ? RateChange.None
            : Apply(_controller.AddLoad(load, _settings.MaxRunningThreads, now), now);
    }

    /// <summary>Learns a probe that was made at any time.</summary>
    public RateChange Probed(TimeSpan latency, TimeSpan now)
    {
        _latency = latency;
        return Pause is null && (_running > 0 || now - _quietSince < Recently)
            ? Apply(_controller.AddProbe(latency, _pages.RowsPerSecond, now), now)
            : RateChange.None;
    }

    /// <summary>Learns a probe of a calm round, if the round was calm.</summary>
    public void ProbedCalm(TimeSpan latency)
    {
        _latency = latency;
        _controller.AddCalm(latency);
    }

    /// <summary>Holds pages back for a calm round, or lets them go on.</summary>
    public void Hush(bool isHushed)
    {
        _isHushed = isHushed;
        _hasBegun |= !isHushed;
    }

    /// <summary>Whether no page has been read for a time.</summary>
    public bool IsQuiet(TimeSpan time, TimeSpan now) => _running == 0 && now - _quietSince >= time;

    /// <summary>The source cannot be watched, or can again.</summary>
    /// <returns>Whether that is new.</returns>
    public bool SetFailure(string? failure, TimeSpan now)
    {
        if (failure == _failure)
        {
            return false;
        }

        _failure = failure;
        if (failure is null)
        {
            _controller.Restart(now);
        }

        _pace.SetRate(PaceRate, now);
        return true;
    }

    private void SetPause(PauseReason? hours, PauseReason? condition, TimeSpan now)
    {
        var wasPaused = Pause is not null;
        (_hours, _condition) = (hours, condition);
        if (wasPaused && Pause is null)
        {
            _controller.Restart(now);
            _pace.SetRate(PaceRate, now);
        }
    }

    private RateChange Apply(RateChange change, TimeSpan now)
    {
        switch (change)
        {
            case RateChange.Raised:
                _pages.Lengthen();
                break;
            case RateChange.Cut:
                _pages.Shorten();
                break;
            case RateChange.None:
                return change;
        }

        _pace.SetRate(PaceRate, now);
        return change;
    }

    private TimeSpan Wait(int rows, long bytes, TimeSpan now)
    {
        var pace = IsPaced ? _pace.Until(rows, now) : TimeSpan.Zero;
        var rowBudget = _rowBudget?.Until(rows, now) ?? TimeSpan.Zero;
        var byteBudget = _byteBudget?.Until(bytes, now) ?? TimeSpan.Zero;
        var longest = new[] { pace, rowBudget, byteBudget }.Max();
        if (longest > pace)
        {
            _budgetAt = now;
            _budget =
                longest == rowBudget
                    ? Invariant($"max_rows_per_second is {_settings.MaxRowsPerSecond}")
                    : Invariant($"max_bytes_per_second is {_settings.MaxBytesPerSecond}");
        }

        return longest;
    }

    private void Take(long rows, long bytes, TimeSpan now)
    {
        _pace.Take(rows, now);
        _rowBudget?.Take(rows, now);
        _byteBudget?.Take(bytes, now);
    }

    private string? Reason(TimeSpan now)
    {
        if (Pause is not null)
        {
            return Pause.Text;
        }

        if (_failure is not null)
        {
            return $"the source cannot be watched ({_failure}): a careful rate";
        }

        if (_settings.IsAdaptive && !_hasBegun)
        {
            return "learns the calm latency";
        }

        if (
            _settings.IsAdaptive
            && (_controller.Reason ?? (_controller.IsStarting ? "begins slowly" : null)) is { } reason
        )
        {
            return reason;
        }

        return _budget is not null && now - _budgetAt < BudgetLasts ? _budget : null;
    }

    private PipelineException Critical(int running) =>
        new(
            Invariant(
                $"The load of the source '{_source}' is critical: {running} statements run, critical_running_threads is {_settings.CriticalRunningThreads}."
            )
        )
        {
            IsTransient = true,
            Hint = "Run the extract again when the source is calm; it resumes after the last closed part file.",
        };

    // Each session gets its own, for a thrown exception keeps the place of its last throw.
    private static PipelineException Again(PipelineException end) =>
        new(end.Message) { IsTransient = end.IsTransient, Hint = end.Hint };

    private static double? Least(double? a, double? b) =>
        a is null ? b
        : b is null ? a
        : Math.Min(a.Value, b.Value);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
