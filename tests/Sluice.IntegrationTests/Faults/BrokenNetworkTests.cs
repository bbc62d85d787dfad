using System.Diagnostics;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Extract;
using Sluice.IntegrationTests.Servers;
using Sluice.Lake.MySql;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A network that breaks or goes silent anywhere in what the server says: the rows are whole, or there are none.</summary>
public sealed class BrokenNetworkTests(PostgreSqlServer postgres, MariaDbServer mariaDb)
{
    private const int Rows = 2_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    // All that a session says is some 150 to 200 KB: from its greeting to the end of the page.
    [Theory]
    [InlineData(SourceKind.PostgreSql, ProxyFault.Reset)]
    [InlineData(SourceKind.PostgreSql, ProxyFault.Close)]
    [InlineData(SourceKind.PostgreSql, ProxyFault.Stall)]
    [InlineData(SourceKind.MySql, ProxyFault.Reset)]
    [InlineData(SourceKind.MySql, ProxyFault.Close)]
    [InlineData(SourceKind.MySql, ProxyFault.Stall)]
    public async Task A_session_that_breaks_at_any_byte_gives_all_rows_or_a_transient_fault(
        SourceKind kind,
        ProxyFault fault
    )
    {
        var database = await kind.CreateAsync(postgres, mariaDb);
        await LiveVisits.CreateAsync(database, Rows);
        var whole = await ReadAsync(database, database.Port);
        var length = await LengthAsync(database);
        var random = new Random(length);
        // The ends of messages are where they can be taken for ends of rows: the first and last bytes one by one.
        long[] places =
        [
            .. Enumerable.Range(0, 20),
            .. Enumerable.Range(0, 60).Select(_ => random.NextInt64(length)),
            .. Enumerable.Range(length - 40, 40),
        ];

        // A silent session waits: all of them do at once.
        var outcomes = await Task.WhenAll(places.Select(place => TryAsync(database, fault, place)));

        var wrong = outcomes.Where(outcome => !outcome.IsRight(whole)).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {places.Length}:\n{string.Join('\n', wrong.Take(10))}");
        Assert.InRange(outcomes.Count(outcome => outcome.Failure is not null), places.Length * 8 / 10, places.Length);
    }

    private static async Task<int> LengthAsync(IServerDatabase database)
    {
        using var proxy = new FaultyProxy(database.Port, () => null);
        await ReadAsync(database, proxy.Port);
        return (int)proxy.Bytes;
    }

    // A session without the retries of the factory: a fault is to be seen.
    private static async Task<IReadOnlyList<string>> ReadAsync(IServerDatabase database, int port)
    {
        var definition = database.Definition with
        {
            Connection = database.Definition.Connection! with { Port = port },
            Guards = new() { StatementTimeout = Second, ConnectTimeout = Second },
        };
        await using var source =
            definition.Kind == SourceKind.PostgreSql
                ? await PostgreSqlDatabase.OpenAsync(definition)
                : await MySqlSource.OpenAsync(definition, TestContext.Current.CancellationToken);
        var shape = await source.DescribeAsync(new() { Name = "visits" });
        return await PageReading.AllAsync(source, PageReading.Of(shape));
    }

    private static async Task<Outcome> TryAsync(IServerDatabase database, ProxyFault fault, long place)
    {
        using var proxy = new FaultyProxy(database.Port, () => new ProxyCut(fault, place));
        var started = Stopwatch.GetTimestamp();
        try
        {
            var rows = await ReadAsync(database, proxy.Port).WaitAsync(4 * Bound);
            return new(place, rows, null, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception failure)
        {
            return new(place, null, failure, Stopwatch.GetElapsedTime(started));
        }
    }

    private sealed record Outcome(long Place, IReadOnlyList<string>? Rows, Exception? Failure, TimeSpan Took)
    {
        public bool IsRight(IReadOnlyList<string> whole) =>
            Took < Bound && (Rows?.SequenceEqual(whole) ?? Failure is PipelineException { IsTransient: true });

        public override string ToString() =>
            $"byte {Place} after {Took.TotalSeconds:0.0} s: {(Failure is null ? $"{Rows!.Count} rows" : Failure.ToString().ReplaceLineEndings(" "))}";
    }
}
