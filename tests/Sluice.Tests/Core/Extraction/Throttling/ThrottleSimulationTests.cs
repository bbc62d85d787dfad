using Sluice.Core.Extraction.Throttling;

namespace Sluice.Tests.Core.Extraction.Throttling;

/// <summary>The whole throttle against a model of a database, minutes of it, without a wait.</summary>
public sealed class ThrottleSimulationTests : IAsyncDisposable
{
    private const int Second = 1000;

    private readonly SimulatedDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    // Chance decides where a single run settles: what counts is what a user sees over many.
    [Fact]
    public async Task A_steady_load_keeps_its_tail_while_much_is_read()
    {
        var ratios = new List<double>();
        var rates = new List<double>();
        for (var seed = 1; seed <= 3; seed++)
        {
            await using var database = new SimulatedDatabase(seed);
            await using var throttle = await StartAsync(new(), database);
            _ = database.ExtractAsync(throttle, long.MaxValue);

            database.Run(300);

            ratios.Add(database.P99Ratio(..));
            rates.Add(database.RowsRead / 300.0);
            Assert.InRange(database.LargestPage / database.PageSpeed, 0.003, 0.021);
        }

        Assert.True(
            ratios.Order().ElementAt(1) <= 1.25 && ratios.Max() <= 1.3,
            $"p99 {string.Join(", ", ratios.Select(ratio => $"{ratio:0.00}"))} times that alone"
        );
        Assert.True(
            rates.Order().ElementAt(1) >= 140_000 && rates.Min() >= 80_000,
            $"{string.Join(", ", rates.Select(rate => $"{rate:0}"))} rows/s"
        );
    }

    [Fact]
    public async Task The_first_seconds_do_no_harm()
    {
        await using var throttle = await StartAsync(new());
        _ = _database.ExtractAsync(throttle, long.MaxValue);

        _database.Run(0.3);
        Assert.Equal("learns the calm latency", throttle.State.Reason);
        Assert.Equal(0, _database.RowsRead);
        _database.Run(1);
        Assert.Equal("begins slowly", throttle.State.Reason);
        _database.Run(1.7);

        Assert.InRange(_database.RowsRead, 1, 100_000);
    }

    [Fact]
    public async Task A_rising_load_is_given_way_and_a_falling_one_is_used()
    {
        await using var throttle = await StartAsync(new());
        _ = _database.ExtractAsync(throttle, long.MaxValue);
        _database.Run(120);
        var calm = RowsOf(60);

        _database.Others = 0.65;
        _database.Run(30);
        var busy = RowsOf(20);
        Assert.Matches("probe .* ms, calm .* ms", throttle.State.Reason);

        _database.Others = 0.3;
        _database.Run(90);
        var after = RowsOf(60);

        Assert.True(busy < calm / 2, $"calm {calm}, busy {busy}");
        Assert.True(after > busy * 2 && after > 100_000, $"calm {calm}, busy {busy}, after {after}");
    }

    [Fact]
    public async Task A_source_that_became_slower_for_good_is_believed_after_a_while()
    {
        await using var throttle = await StartAsync(new());
        _ = _database.ExtractAsync(throttle, long.MaxValue);
        _database.Run(60);
        var before = RowsOf(60);

        _database.IdleMs = 25;
        _database.Run(15);
        Assert.True(throttle.State.RowsPerSecond < 50_000);

        _database.Run(105);
        var after = RowsOf(60);

        Assert.True(after > before * 0.5, $"before {before}, after {after}");
    }

    [Fact]
    public async Task Our_own_load_is_never_taken_for_calm()
    {
        // One page takes nearly all of the database: at any rate the source is slower with us than without.
        _database.PageLoad = 0.6;
        await using var throttle = await StartAsync(new());
        _ = _database.ExtractAsync(throttle, long.MaxValue);

        _database.Run(300);

        Assert.True(RowsOf(180) < 100_000, $"{RowsOf(180)} rows/s");
    }

    [Fact]
    public async Task A_source_that_is_always_strained_is_read_at_the_floor_and_the_extract_ends()
    {
        // Writes wait all the time, whatever we do.
        var pressure = 0L;
        await using var throttle = await StartAsync(new() { FloorRowsPerSecond = 5000 });
        var extract = _database.ExtractAsync(throttle, 300_000);

        var lowest = double.MaxValue;
        for (var second = 0; second < 70 && !extract.IsCompleted; second++)
        {
            _database.Load = new(WritePressure: pressure++);
            _database.Run(1);
            lowest = Math.Min(lowest, throttle.State.RowsPerSecond!.Value);
        }

        Assert.Equal(5000, lowest);
        await extract;
        Assert.Equal(300_000, _database.RowsRead);
    }

    [Fact]
    public async Task A_database_that_feels_nothing_is_read_as_fast_as_it_can()
    {
        _database.PageLoad = 0;
        await using var throttle = await StartAsync(new());
        _ = _database.ExtractAsync(throttle, long.MaxValue);

        _database.Run(180);

        Assert.True(RowsOf(60) > 300_000, $"{RowsOf(60)} rows/s");
    }

    [Fact]
    public async Task The_same_load_gives_the_same_run()
    {
        await using var other = new SimulatedDatabase();
        foreach (var database in new[] { _database, other })
        {
            await using var throttle = await StartAsync(new(), database);
            _ = database.ExtractAsync(throttle, long.MaxValue);
            database.Run(20);
        }

        Assert.Equal(_database.RowsRead, other.RowsRead);
        Assert.Equal(_database.Latencies, other.Latencies);
    }

    // Rows per second in the latest part of the run.
    private long RowsOf(int seconds)
    {
        var rows = _database.RowsAt;
        return (rows[^1] - rows[^Math.Min(rows.Count, seconds * Second)]) / seconds;
    }

    private Task<SourceThrottle> StartAsync(ThrottleSettings settings, SimulatedDatabase? database = null)
    {
        database ??= _database;
        // Whatever the test framework set: everything runs on the thread that advances the clock.
        SynchronizationContext.SetSynchronizationContext(null);
        return SourceThrottle.StartAsync(SimulatedDatabase.Source(settings), database, _ => false, database.Clock);
    }
}
