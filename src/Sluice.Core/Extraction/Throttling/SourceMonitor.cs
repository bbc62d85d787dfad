namespace Sluice.Core.Extraction.Throttling;

/// <summary>
/// Looks at a source again and again through a session of its own, and tells its throttle. What fails is told and tried again;
/// it never ends an extract. Not thread safe.
/// </summary>
internal sealed class SourceMonitor(
    SourceDefinition source,
    ISourceFactory sources,
    Func<string, bool> fileExists,
    TimeProvider clock,
    SourceThrottle throttle,
    ThrottleTuning tuning
) : IAsyncDisposable
{
    private static readonly TimeSpan ShortLook = TimeSpan.FromMilliseconds(5);

    private readonly ThrottleSettings _settings = source.Throttle;
    private ISource? _session;
    private TimeSpan _pollAt;
    private TimeSpan _calmAt;
    private double _phase;

    private bool ReadsLoad =>
        _settings.IsAdaptive
        || (_settings.MaxRunningThreads ?? _settings.CriticalRunningThreads) is not null
        || _settings.MaxReplicaLag is not null;

    /// <summary>Tries the throttle query once.</summary>
    /// <exception cref="PipelineException">The query is wrong. That the source is not there is only told.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_settings.Query is null || !throttle.CheckHours())
        {
            return;
        }

        try
        {
            await SessionAsync(cancellationToken);
        }
        catch (PipelineException failure)
        {
            throttle.SetFailure(failure.Message);
            return;
        }

        try
        {
            await ReadAsync((session, token) => session.ReadNumberAsync(_settings.Query, token), cancellationToken);
        }
        catch (Exception failure) when (failure is TimeoutException or PipelineException { IsTransient: true })
        {
            await FailAsync(failure);
        }
    }

    /// <summary>Looks until it is cancelled, then closes the session.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                TimeSpan pause;
                try
                {
                    pause = await StepAsync(cancellationToken);
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
                {
                    await FailAsync(failure);
                    pause = tuning.PollEvery;
                }

                await Task.Delay(pause, clock, cancellationToken);
            }
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>Closes the session.</summary>
    public async ValueTask DisposeAsync()
    {
        var session = _session;
        _session = null;
        if (session is not null)
        {
            await session.DisposeAsync();
        }
    }

    private async Task<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        if (!throttle.CheckHours())
        {
            // Nothing is watched the whole day for a night's extract.
            await DisposeAsync();
            return tuning.PollEvery;
        }

        if (throttle.Now >= _pollAt)
        {
            _pollAt = throttle.Now + tuning.PollEvery;
            await PollAsync(cancellationToken);
        }

        if (_settings.IsAdaptive && throttle.Now >= _calmAt && !throttle.IsPaused)
        {
            await ProbeCalmAsync(cancellationToken);
        }
        else if (_settings.IsAdaptive)
        {
            throttle.Probed(await ProbeAsync(cancellationToken));
        }

        throttle.SetFailure(null);
        return _settings.IsAdaptive && !throttle.IsPaused ? UntilNextProbe() : tuning.PollEvery;
    }

    // Pages come at even intervals: probes at even ones would always meet, or always miss them.
    private TimeSpan UntilNextProbe()
    {
        const double GoldenRatio = 0.618_033_988_75;
        _phase = (_phase + GoldenRatio) % 1;
        return tuning.ProbeEvery * (0.5 + _phase);
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        var isFlagged = _settings.FlagFile is { } path && fileExists(path);
        SourceLoad? load = null;
        double? query = null;
        try
        {
            if (ReadsLoad)
            {
                load = await ReadAsync((session, token) => session.ReadLoadAsync(token), cancellationToken);
            }

            if (_settings.Query is { } sql)
            {
                query = await ReadAsync((session, token) => session.ReadNumberAsync(sql, token), cancellationToken);
            }
        }
        finally
        {
            throttle.Polled(isFlagged, query, load);
        }
    }

    private async Task ProbeCalmAsync(CancellationToken cancellationToken)
    {
        throttle.Hush(true);
        try
        {
            if (await IsQuietAsync(cancellationToken))
            {
                // The first one after a rest is slower than the rest.
                await ProbeAsync(cancellationToken);
                for (var i = 0; i < tuning.CalmProbes; i++)
                {
                    await Task.Delay(tuning.CalmGap, clock, cancellationToken);
                    throttle.ProbedCalm(await ProbeAsync(cancellationToken));
                }
            }
        }
        finally
        {
            throttle.Hush(false);
            _calmAt = throttle.Now + (throttle.IsCalmKnown ? tuning.CalmEvery : tuning.CalmEveryAtFirst);
        }
    }

    private async Task<bool> IsQuietAsync(CancellationToken cancellationToken)
    {
        var until = throttle.Now + tuning.Patience;
        while (!throttle.IsQuiet(tuning.CalmGap))
        {
            if (throttle.Now >= until)
            {
                return false;
            }

            await Task.Delay(ShortLook, clock, cancellationToken);
        }

        return true;
    }

    private async Task<TimeSpan> ProbeAsync(CancellationToken cancellationToken)
    {
        await SessionAsync(cancellationToken);
        var began = clock.GetTimestamp();
        try
        {
            await ReadAsync((session, token) => session.ReadClockAsync(token), cancellationToken);
        }
        catch (TimeoutException)
        {
            throttle.Probed(tuning.Patience);
            throw;
        }

        return clock.GetElapsedTime(began);
    }

    private async Task<T> ReadAsync<T>(
        Func<ISource, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        var session = await SessionAsync(cancellationToken);
        using var patience = new CancellationTokenSource(tuning.Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await read(session, either.Token);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                FormattableString.Invariant($"no answer within {tuning.Patience.TotalSeconds:0.#} s"),
                canceled
            );
        }
    }

    private async Task<ISource> SessionAsync(CancellationToken cancellationToken) =>
        _session ??= await sources.OpenAsync(source, cancellationToken);

    // A session that failed is not used again.
    private async Task FailAsync(Exception failure)
    {
        throttle.SetFailure(failure.Message);
        throttle.Hush(false);
        try
        {
            await DisposeAsync();
        }
        catch (Exception) when (_session is null)
        {
            // It is broken, which has just been told.
        }
    }
}
