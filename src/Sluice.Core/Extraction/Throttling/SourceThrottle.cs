namespace Sluice.Core.Extraction.Throttling;

/// <summary>
/// Paces the reading of one source by its settings: hours, budgets, conditions under which it pauses or ends, and a rate that
/// follows the source's latency. It watches the source through a session of its own. Thread safe.
/// </summary>
public sealed class SourceThrottle : IThrottle
{
    private readonly ThrottleSettings _settings;
    private readonly TimeProvider _clock;
    private readonly IProgress<ThrottleState>? _changes;
    private readonly long _began;
    private readonly Lock _lock = new();
    private readonly FifoGate _gate = new();
    private readonly SourcePace _pace;
    private readonly ThrottleMeter _meter;
    private readonly CancellationTokenSource _stop = new();
    private Task _monitor = Task.CompletedTask;
    private TimeSpan _waited;

    internal SourceThrottle(
        SourceDefinition source,
        TimeProvider clock,
        IProgress<ThrottleState>? changes,
        ThrottleTuning tuning
    )
    {
        (_settings, _clock, _changes) = (source.Throttle, clock, changes);
        _began = clock.GetTimestamp();
        _pace = new(source.Name, _settings, tuning, Now);
        _meter = new(source.Name, () => Read(pace => pace.Rate), () => Read(pace => pace.Pause));
    }

    /// <inheritdoc/>
    public ThrottleState State
    {
        get
        {
            lock (_lock)
            {
                return _pace.State(_waited, Now);
            }
        }
    }

    internal TimeSpan Now => _clock.GetElapsedTime(_began);

    /// <summary>Begins to watch a source.</summary>
    /// <param name="source">The source, with its settings.</param>
    /// <param name="sources">Opens the session that watches it.</param>
    /// <param name="fileExists">Looks whether the flag file is there.</param>
    /// <param name="clock">The time.</param>
    /// <param name="changes">Told when it pauses, goes on, or slows down, for the log. Called from any thread, one call at a time for each.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="PipelineException">The throttle query is wrong, so that it would never be of use.</exception>
    public static Task<SourceThrottle> StartAsync(
        SourceDefinition source,
        ISourceFactory sources,
        Func<string, bool> fileExists,
        TimeProvider clock,
        IProgress<ThrottleState>? changes = null,
        CancellationToken cancellationToken = default
    ) => StartAsync(source, sources, fileExists, clock, changes, new(), cancellationToken);

    internal static async Task<SourceThrottle> StartAsync(
        SourceDefinition source,
        ISourceFactory sources,
        Func<string, bool> fileExists,
        TimeProvider clock,
        IProgress<ThrottleState>? changes,
        ThrottleTuning tuning,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(clock);
        var throttle = new SourceThrottle(source, clock, changes, tuning);
        var monitor = new SourceMonitor(source, sources, fileExists, clock, throttle, tuning);
        try
        {
            await monitor.BeginAsync(cancellationToken);
        }
        catch
        {
            await monitor.DisposeAsync();
            await throttle.DisposeAsync();
            throw;
        }

        throttle._monitor = monitor.RunAsync(throttle._stop.Token);
        return throttle;
    }

    /// <inheritdoc/>
    public async ValueTask<ThrottleTurn> WaitAsync(CancellationToken cancellationToken = default)
    {
        var began = _clock.GetTimestamp();
        await _gate.EnterAsync(cancellationToken);
        try
        {
            while (true)
            {
                CheckHours();
                TimeSpan wait;
                lock (_lock)
                {
                    if (_pace.TryBegin(Now, out var rows, out var bytes, out wait))
                    {
                        return new(rows, bytes, _clock.GetTimestamp(), End);
                    }
                }

                // A delay counts whole milliseconds and would drop the rest: a wait of none.
                var whole = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
                await Task.Delay(whole, _clock, cancellationToken);
            }
        }
        finally
        {
            var waited = _clock.GetElapsedTime(began);
            lock (_lock)
            {
                _waited += waited;
            }

            _gate.Leave();
            _meter.AddWait(waited);
        }
    }

    /// <summary>Stops to watch the source and closes the session.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _monitor.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _meter.Dispose();
    }

    internal void Polled(bool isFlagged, double? query, SourceLoad? load) =>
        Change(pace => pace.Polled(isFlagged, query, load, Now));

    internal void Probed(TimeSpan latency)
    {
        _meter.AddProbe(latency);
        Change(pace => pace.Probed(latency, Now));
    }

    internal void ProbedCalm(TimeSpan latency)
    {
        _meter.AddProbe(latency);
        Change(pace =>
        {
            pace.ProbedCalm(latency);
            return RateChange.None;
        });
    }

    internal void Hush(bool isHushed) =>
        Change(pace =>
        {
            pace.Hush(isHushed);
            return RateChange.None;
        });

    internal bool IsQuiet(TimeSpan time) => Read(pace => pace.IsQuiet(time, Now));

    internal bool IsCalmKnown => Read(pace => pace.IsCalmKnown);

    internal bool IsPaused => Read(pace => pace.Pause is not null);

    internal void SetFailure(string? failure)
    {
        if (Read(pace => pace.SetFailure(failure, Now)))
        {
            _changes?.Report(State);
        }
    }

    /// <summary>Whether the source may be read at this hour.</summary>
    internal bool CheckHours()
    {
        if (_settings.Hours.Count == 0)
        {
            return true;
        }

        var opens = OpenHours.OpensAt(_settings.Hours, _settings.Zone, _clock.GetUtcNow());
        Change(pace =>
        {
            pace.SetHours(opens, Now);
            return RateChange.None;
        });
        return opens is null;
    }

    private void End(ThrottleTurn turn)
    {
        lock (_lock)
        {
            _pace.End(turn, _clock.GetElapsedTime(turn.Began), Now);
        }
    }

    private T Read<T>(Func<SourcePace, T> read)
    {
        lock (_lock)
        {
            return read(_pace);
        }
    }

    // Tells what people should know: a pause, its end, another reason for it, and that the rate fell.
    private void Change(Func<SourcePace, RateChange> change)
    {
        ThrottleState state;
        bool isNew;
        bool isCut;
        lock (_lock)
        {
            var before = _pace.Pause?.Kind;
            isCut = change(_pace) == RateChange.Cut;
            isNew = before != _pace.Pause?.Kind || isCut;
            state = _pace.State(_waited, Now);
        }

        if (isCut)
        {
            _meter.AddCut();
        }

        if (isNew)
        {
            _changes?.Report(state);
        }
    }
}
