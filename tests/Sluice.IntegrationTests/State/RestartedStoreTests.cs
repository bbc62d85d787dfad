using System.Diagnostics;
using Sluice.Core;
using Sluice.IntegrationTests.Servers;
using Sluice.State.PostgreSql;
using Sluice.Tests.State;

namespace Sluice.IntegrationTests.State;

/// <summary>A server that comes back, and one that does not.</summary>
public sealed class RestartedStoreTests
{
    [Fact]
    public async Task A_store_goes_on_when_its_server_has_come_back()
    {
        using var server = new PostgreSqlServer();
        var database = server.CreateDatabase();
        await using var store = StoreWriter.Open(database.StateUrl());
        store.Write(change => change.NextToken());
        var known = store.Read(reader => reader.Change);
        var wait = store.WaitAsync(known, Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);

        server.Crash();
        var writing = Task.Run(() =>
            store.Write(change =>
            {
                change.Increment("a");
                return change.NextToken();
            })
        );
        server.StartAgain();

        Assert.Equal(2, await writing);
        await wait;
        // A further one is heard of again, by whoever listens since.
        await using var other = StoreWriter.Open(database.StateUrl());
        var next = store.WaitAsync(
            store.Read(reader => reader.Change),
            Timeout.InfiniteTimeSpan,
            TestContext.Current.CancellationToken
        );
        other.Save(StoredRuns.Run("b", 0));
        await next;
    }

    [Fact]
    public async Task A_server_that_goes_in_the_middle_of_a_change_takes_the_change_with_it()
    {
        using var server = new PostgreSqlServer();
        var database = server.CreateDatabase();
        await using var store = StoreWriter.Open(database.StateUrl());

        var failure = Assert.Throws<PipelineException>(() =>
            store.Write(change =>
            {
                change.Increment("a");
                server.Crash();
                server.StartAgain();
                return change.Increment("b");
            })
        );

        Assert.True(failure.IsTransient);
        Assert.Equal((0, 0), store.Read(reader => (reader.CountOf("a"), reader.CountOf("b"))));
        Assert.Equal(1, store.Write(change => change.Increment("a")));
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_before_long()
    {
        var url = PostgreSqlUrl.Parse($"postgresql://me:hush@127.0.0.1:{Sluice.Servers.ServerProcess.FreePort()}/app");
        var started = Stopwatch.GetTimestamp();

        var failure = Assert.Throws<PipelineException>(() => PostgreSqlRunStore.Open(url, TimeProvider.System));

        Assert.True(failure.IsTransient);
        Assert.Contains("app at 127.0.0.1", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Hint);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task A_network_that_goes_silent_ends_in_an_error()
    {
        using var server = new PostgreSqlServer();
        var database = server.CreateDatabase();
        await using (StoreWriter.Open(database.StateUrl())) { }

        // A little more than the store says when it is opened: its first change is not answered.
        using var proxy = new FaultyProxy(server.Port, () => new ProxyCut(ProxyFault.Stall, 6_000));
        await using var store = StoreWriter.Open(database.StateUrl(port: proxy.Port));

        var failure = Assert.Throws<PipelineException>(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                store.Write(change => change.Increment("a"));
            }
        });

        Assert.True(failure.IsTransient);
        Assert.StartsWith("The run store (schema sluice of ", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Hint);
    }
}
