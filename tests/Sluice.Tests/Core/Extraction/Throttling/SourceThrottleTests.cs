using System.Diagnostics.Metrics;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Extraction.Throttling;

public sealed class SourceThrottleTests : IAsyncDisposable
{
    private static readonly ThrottleSettings Fixed = new() { IsAdaptive = false };

    private readonly SimulatedDatabase _database = new() { PageSpeed = 100_000 };
    private readonly List<ThrottleState> _told = [];
    private bool _isFlagged;
    private SourceThrottle? _throttle;

    public async ValueTask DisposeAsync()
    {
        await (_throttle?.DisposeAsync() ?? default);
        Assert.Equal(0, _database.OpenSessions);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Without_settings_pages_are_full_and_never_wait()
    {
        using var turn = await Throttle.None.WaitAsync();

        Assert.Equal(RowPage.MaxRows, turn.MaxRows);
        Assert.Equal(new ThrottleState(), Throttle.None.State);
    }

    [Fact]
    public async Task Nothing_to_watch_opens_no_session()
    {
        await StartAsync(Fixed with { FlagFile = "/flag", MaxRowsPerSecond = 1000 });
        _database.Run(5);

        Assert.Equal(0, _database.OpenSessions);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_budget_of_rows_holds_over_all_sessions(int sessions)
    {
        var throttle = await StartAsync(Fixed with { MaxRowsPerSecond = 1000 });
        var extracts = Enumerable.Range(0, sessions).Select(_ => _database.ExtractAsync(throttle, 1_000_000)).ToList();

        _database.Run(20);

        Assert.InRange(_database.RowsRead, sessions == 1 ? 19_000 : 0, 20_000 + 50 + (sessions * 500));
        Assert.Equal(1000, throttle.State.RowsPerSecond);
        Assert.DoesNotContain(extracts, extract => extract.IsCompleted);
    }

    [Fact]
    public async Task A_budget_of_bytes_holds_and_is_the_reason()
    {
        var throttle = await StartAsync(Fixed with { MaxBytesPerSecond = 100_000 });
        _ = _database.ExtractAsync(throttle, 1_000_000);

        _database.Run(20);

        // A row has 100 bytes. The first page is read before that is known.
        Assert.InRange(_database.RowsRead, 19_000, 21_000);
        Assert.Equal("max_bytes_per_second is 100000", throttle.State.Reason);
        Assert.True(throttle.State.Waited > TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_flag_file_pauses_while_it_is_there()
    {
        var throttle = await StartAsync(Fixed with { FlagFile = "/flag" });

        await AssertPausesAsync(throttle, on => _isFlagged = on, "the flag file '/flag' is there");
    }

    [Fact]
    public async Task A_query_above_zero_pauses()
    {
        var throttle = await StartAsync(Fixed with { Query = "SELECT 0" });

        await AssertPausesAsync(throttle, on => _database.Number = on ? 2.5 : 0, "throttle_query gives 2.5");
    }

    [Fact]
    public async Task Too_many_running_threads_pause()
    {
        var throttle = await StartAsync(Fixed with { MaxRunningThreads = 8 });

        await AssertPausesAsync(
            throttle,
            on => _database.Load = new(RunningThreads: on ? 9 : 8),
            "9 statements run, 8 are allowed"
        );
    }

    [Fact]
    public async Task A_late_replica_pauses()
    {
        var throttle = await StartAsync(Fixed with { MaxReplicaLag = TimeSpan.FromSeconds(10) });

        await AssertPausesAsync(
            throttle,
            on => _database.Load = new(ReplicaLag: TimeSpan.FromSeconds(on ? 31 : 10)),
            "the replica is 31 s behind, 10 s are allowed"
        );
    }

    [Fact]
    public async Task The_first_condition_is_the_reason_that_is_told()
    {
        _isFlagged = true;
        _database.Number = 1;
        var throttle = await StartAsync(Fixed with { FlagFile = "/flag", Query = "SELECT 1" });
        _database.Run(2);
        _isFlagged = false;
        _database.Run(2);

        Assert.Equal("throttle_query gives 1", throttle.State.Reason);
        Assert.Equal(["the flag file '/flag' is there", "throttle_query gives 1"], _told.Select(state => state.Reason));
    }

    [Fact]
    public async Task Outside_of_its_hours_nothing_is_read_and_nothing_is_watched()
    {
        // The clock begins at midnight.
        var throttle = await StartAsync(new() { Hours = [(new(1, 0), new(2, 0))] });
        var extract = _database.ExtractAsync(throttle, 100);
        _database.Run(10);

        Assert.Equal(0, _database.OpenSessions);
        Assert.True(throttle.State.IsPaused);
        Assert.Equal("outside of its hours, until 2000-01-01 01:00 +00:00", throttle.State.Reason);

        _database.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(10));
        _database.Run(5);

        await extract;
        Assert.False(throttle.State.IsPaused);
        Assert.Equal(1, _database.OpenSessions);
    }

    [Fact]
    public async Task A_condition_still_holds_when_the_hours_are_looked_at()
    {
        _isFlagged = true;
        var throttle = await StartAsync(Fixed with { Hours = [(new(0, 0), new(2, 0))], FlagFile = "/flag" });
        var extract = _database.ExtractAsync(throttle, 100);
        _database.Run(10);

        Assert.False(extract.IsCompleted);
        Assert.Single(_told);
    }

    [Fact]
    public async Task A_critical_load_ends_the_extract_of_every_session()
    {
        var throttle = await StartAsync(Fixed with { CriticalRunningThreads = 50, MaxRunningThreads = 20 });
        var first = _database.ExtractAsync(throttle, long.MaxValue);
        _database.Run(1);
        _database.Load = new(RunningThreads: 51);
        _database.Run(1);

        Assert.False(first.IsCompleted);
        Assert.Equal("51 statements run, 50 are critical", throttle.State.Reason);
        _database.Run(1.2);

        foreach (var session in new[] { first, _database.ExtractAsync(throttle, 1) })
        {
            var end = await Assert.ThrowsAsync<PipelineException>(() => session);
            Assert.Equal(
                "The load of the source 'shop' is critical: 51 statements run, critical_running_threads is 50.",
                end.Message
            );
            Assert.True(end.IsTransient);
            Assert.Contains("resumes", end.Hint, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_single_critical_moment_only_pauses()
    {
        var throttle = await StartAsync(Fixed with { CriticalRunningThreads = 50 });

        await AssertPausesAsync(
            throttle,
            on => _database.Load = new(RunningThreads: on ? 51 : 1),
            "51 statements run, 50 are critical",
            seconds: 1
        );
    }

    [Fact]
    public async Task A_source_that_cannot_be_watched_is_read_carefully_and_says_so()
    {
        var throttle = await StartAsync(new() { FloorRowsPerSecond = 1000 });
        var extract = _database.ExtractAsync(throttle, long.MaxValue);
        _database.Run(30);
        Assert.True(throttle.State.RowsPerSecond > 10_000);

        _database.Failure = new PipelineException("the server is gone");
        _database.Run(5);
        var before = _database.RowsRead;
        _database.Run(10);

        Assert.False(extract.IsCompleted);
        Assert.InRange(_database.RowsRead - before, 90_000, 105_000);
        Assert.Equal("the source cannot be watched (the server is gone): a careful rate", throttle.State.Reason);
        Assert.Equal(throttle.State.Reason, _told[^1].Reason);
        Assert.Equal(0, _database.OpenSessions);

        _database.Failure = null;
        _database.Run(30);
        Assert.True(throttle.State.RowsPerSecond > 10_000);
        Assert.Equal(1, _database.OpenSessions);
    }

    [Fact]
    public async Task A_source_that_is_not_there_yet_does_not_stop_the_start()
    {
        _database.Failure = new PipelineException("no connection") { IsTransient = true };
        var throttle = await StartAsync(new() { Query = "SELECT 0" });
        var extract = _database.ExtractAsync(throttle, 5000);
        _database.Run(3);

        await extract;
        Assert.Equal("the source cannot be watched (no connection): a careful rate", throttle.State.Reason);
    }

    [Fact]
    public async Task A_probe_without_an_answer_is_strain_and_not_calm()
    {
        var throttle = await StartAsync(new());
        _ = _database.ExtractAsync(throttle, long.MaxValue);
        _database.Run(10);
        _database.IdleMs = 1_000_000;
        _database.Run(5);

        Assert.Equal("the source cannot be watched (no answer within 2 s): a careful rate", throttle.State.Reason);
        Assert.Equal(TimeSpan.FromSeconds(2), throttle.State.Latency);
    }

    [Fact]
    public async Task A_wrong_query_is_an_error_at_the_start()
    {
        var wrong = new WrongQuery();

        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            SourceThrottle.StartAsync(
                SimulatedDatabase.Source(Fixed with { Query = "SELEKT" }),
                wrong,
                _ => false,
                _database.Clock
            )
        );

        Assert.Equal("syntax", failure.Message);
        Assert.Equal(0, wrong.Database.OpenSessions);
    }

    [Fact]
    public async Task Who_stops_waiting_leaves_the_way_free()
    {
        _isFlagged = true;
        var throttle = await StartAsync(Fixed with { FlagFile = "/flag" });
        using var stop = new CancellationTokenSource();
        var stopped = throttle.WaitAsync(stop.Token).AsTask();
        _database.Run(1);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);

        _isFlagged = false;
        var extract = _database.ExtractAsync(throttle, 1);
        _database.Run(3);
        await extract;
    }

    [Fact]
    public async Task A_page_that_failed_costs_nothing()
    {
        var throttle = await StartAsync(Fixed with { MaxRowsPerSecond = 1000 });
        for (var i = 0; i < 100; i++)
        {
            using var turn = await throttle.WaitAsync();
        }

        Assert.Equal(TimeSpan.Zero, throttle.State.Waited);
    }

    [Fact]
    public async Task What_it_does_can_be_measured()
    {
        var measured = new Dictionary<string, (double Value, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Sluice.Extraction")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();

        var throttle = await StartAsync(new() { FlagFile = "/flag" }, name: "measured");
        _ = _database.ExtractAsync(throttle, long.MaxValue);
        _database.Run(2);
        _isFlagged = true;
        _database.Run(2);
        listener.RecordObservableInstruments();

        Assert.Equal(
            [
                "sluice.extraction.throttle.allowed_rate {row}/s sluice.source=measured",
                "sluice.extraction.throttle.paused  sluice.source=measured,sluice.throttle.reason=flag_file",
                "sluice.extraction.throttle.probe.duration s sluice.source=measured",
                "sluice.extraction.throttle.wait.time s sluice.source=measured",
            ],
            measured.Select(pair => $"{pair.Key} {pair.Value.Tags}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(1, measured["sluice.extraction.throttle.paused "].Value);

        void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            if (text.Contains("measured", StringComparison.Ordinal))
            {
                measured[$"{instrument.Name} {instrument.Unit}"] = (value, text);
            }
        }
    }

    private async Task AssertPausesAsync(SourceThrottle throttle, Action<bool> turn, string reason, double seconds = 5)
    {
        turn(false);
        var extract = _database.ExtractAsync(throttle, long.MaxValue);
        _database.Run(3);
        Assert.False(throttle.State.IsPaused);
        Assert.Null(throttle.State.Reason);

        turn(true);
        _database.Run(1.1);
        var before = _database.RowsRead;
        _database.Run(seconds - 1);
        Assert.Equal(before, _database.RowsRead);
        Assert.True(throttle.State.IsPaused);
        Assert.Equal(reason, throttle.State.Reason);

        turn(false);
        _database.Run(3);
        Assert.True(_database.RowsRead > before);
        Assert.Equal([(true, reason), (false, null)], _told.Select(state => (state.IsPaused, state.Reason)));
        Assert.False(extract.IsCompleted);
    }

    private async Task<SourceThrottle> StartAsync(ThrottleSettings settings, string name = "shop")
    {
        SynchronizationContext.SetSynchronizationContext(null);
        return _throttle = await SourceThrottle.StartAsync(
            SimulatedDatabase.Source(settings) with
            {
                Name = name,
            },
            _database,
            _ => _isFlagged,
            _database.Clock,
            new Told(_told)
        );
    }

    private sealed class Told(List<ThrottleState> states) : IProgress<ThrottleState>
    {
        public void Report(ThrottleState value) => states.Add(value);
    }

    private sealed class WrongQuery : ISourceFactory
    {
        public SimulatedDatabase Database { get; } = new();

        public async Task<ISource> OpenAsync(SourceDefinition source, CancellationToken cancellationToken = default)
        {
            var session = await Database.OpenAsync(source, cancellationToken);
            Database.Failure = new PipelineException("syntax");
            return session;
        }
    }
}
