using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Extraction.Throttling;

/// <summary>
/// A little model of a database, the same at every run: a statement takes an exponential time whose mean grows with the
/// utilisation as in a queue, to which a page that is being read adds its share. All runs on the thread that advances the clock.
/// </summary>
internal sealed class SimulatedDatabase(int seed = 7) : ISourceFactory, ISource
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Random _random = new(seed);

    public FakeTimeProvider Clock { get; } = new();

    /// <summary>What a statement takes on an idle database.</summary>
    public double IdleMs { get; set; } = 10;

    /// <summary>Utilisation by others, 0 to 1.</summary>
    public double Others { get; set; } = 0.3;

    /// <summary>Utilisation that a page adds while it is read.</summary>
    public double PageLoad { get; set; } = 0.25;

    /// <summary>Rows per second while a page is read.</summary>
    public double PageSpeed { get; set; } = 800_000;

    public SourceLoad Load { get; set; } = new();

    public double Number { get; set; }

    public Exception? Failure { get; set; }

    public int OpenSessions { get; private set; }

    public int Probes { get; private set; }

    public int PagesRunning { get; private set; }

    public long RowsRead { get; private set; }

    public int LargestPage { get; private set; }

    /// <summary>What a statement of the others takes at every tick, in ms.</summary>
    public List<double> Latencies { get; } = [];

    /// <summary>The rows read so far, at every tick.</summary>
    public List<long> RowsAt { get; } = [];

    private double MeanMs => IdleMs / (1 - Math.Min(0.97, Others + (PageLoad * PagesRunning)));

    /// <summary>The 99th percentile against that of the same load without us.</summary>
    public double P99Ratio(Range ticks)
    {
        var part = Latencies.Take(ticks).Order().ToList();
        return part[(int)(part.Count * 0.99)] / (IdleMs / (1 - Others) * Math.Log(100));
    }

    public static SourceDefinition Source(ThrottleSettings settings) =>
        new()
        {
            Name = "shop",
            Kind = SourceKind.Sqlite,
            Throttle = settings,
        };

    /// <summary>Lets time go by.</summary>
    public void Run(double seconds)
    {
        for (var end = Clock.GetUtcNow().AddSeconds(seconds); Clock.GetUtcNow() < end; )
        {
            Clock.Advance(Tick);
            Latencies.Add(Draw());
            RowsAt.Add(RowsRead);
        }
    }

    /// <summary>Reads pages until there are as many rows.</summary>
    public async Task ExtractAsync(IThrottle throttle, long rows, CancellationToken cancellationToken = default)
    {
        for (var left = rows; left > 0; )
        {
            using var turn = await throttle.WaitAsync(cancellationToken);
            var page = (int)Math.Min(left, turn.MaxRows);
            PagesRunning++;
            await PassAsync(Math.Ceiling(page / PageSpeed * 1000), cancellationToken);
            PagesRunning--;
            turn.Report(page, page * 100L);
            LargestPage = Math.Max(LargestPage, page);
            RowsRead += page;
            left -= page;
        }
    }

    public Task<ISource> OpenAsync(SourceDefinition source, CancellationToken cancellationToken = default)
    {
        ThrowIfFailing();
        OpenSessions++;
        return Task.FromResult<ISource>(this);
    }

    public async Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfFailing();
        Probes++;
        await PassAsync(Math.Round(Draw()), cancellationToken);
        return Clock.GetUtcNow();
    }

    public Task<SourceLoad> ReadLoadAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfFailing();
        return Task.FromResult(Load);
    }

    public Task<double> ReadNumberAsync(string sql, CancellationToken cancellationToken = default)
    {
        ThrowIfFailing();
        return Task.FromResult(Number);
    }

    public ValueTask DisposeAsync()
    {
        OpenSessions--;
        return ValueTask.CompletedTask;
    }

    public Task<IReadOnlyList<SourceListing>> ListTablesAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<SourceShape> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<SourceBound?> ReadPageAsync(
        PageRequest request,
        RowPage page,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public SourceBound BoundAt(SourceColumn cursor, long value) => throw new NotSupportedException();

    public Task<long?> ReadGreatestAsync(
        SourceShape shape,
        SourceColumn cursor,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public Task<IReadOnlyList<SourceBound>> SplitAsync(
        PageRequest request,
        int parts,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> FindMissingRightsAsync(
        IReadOnlyList<SourceTable> tables,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    // A cancelled Task.Delay goes on with another thread, and every run would be another.
    private async Task PassAsync(double milliseconds, CancellationToken cancellationToken)
    {
        var passed = new TaskCompletionSource();
        await using var timer = Clock.CreateTimer(
            _ => passed.TrySetResult(),
            state: null,
            TimeSpan.FromMilliseconds(Math.Max(1, milliseconds)),
            Timeout.InfiniteTimeSpan
        );
        await using var canceled = cancellationToken.Register(() => passed.TrySetCanceled(cancellationToken));
        await passed.Task;
    }

    private double Draw() => -Math.Log(1 - _random.NextDouble()) * MeanMs;

    private void ThrowIfFailing()
    {
        if (Failure is { } failure)
        {
            throw failure;
        }
    }
}
