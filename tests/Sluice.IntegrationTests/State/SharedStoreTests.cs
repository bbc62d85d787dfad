using Sluice.Core.Scheduling.Store;
using Sluice.IntegrationTests.Servers;
using Sluice.Tests.State;

namespace Sluice.IntegrationTests.State;

/// <summary>A run store that several processes write, and that dies with them.</summary>
public sealed class SharedStoreTests(PostgreSqlServer server) : IDisposable
{
    private const int Writers = 4;
    private const int Changes = 250;
    private const int Kills = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-state-");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thousand_changes_by_four_processes_lose_none(bool isServer)
    {
        // Nobody has made the store before them.
        var address = AddressOf(isServer);
        var writers = Enumerable.Range(0, Writers).Select(_ => StoreWriter.Start(address, Changes)).ToList();
        var tokens = await Task.WhenAll(writers.Select(writer => Task.Run(() => StoreWriter.Tokens(writer))));

        Assert.Equal(
            Enumerable.Range(1, Writers * Changes).Select(token => (long)token),
            tokens.SelectMany(drawn => drawn).Order()
        );
        Assert.All(tokens, drawn => Assert.Equal(drawn.Order(), drawn));
        await using var store = StoreWriter.Open(address);
        Assert.Equal((Writers * Changes, Writers * Changes), Counts(store));
        writers.ForEach(writer => writer.Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_writer_killed_at_any_instant_leaves_the_store_whole(bool isServer)
    {
        var address = AddressOf(isServer);
        var random = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var writer = StoreWriter.Start(address, int.MaxValue);
            var drawn = 0L;
            for (var left = random.Next(1, 40); left > 0; left--)
            {
                drawn = long.Parse(
                    (await writer.StandardOutput.ReadLineAsync())!,
                    System.Globalization.CultureInfo.InvariantCulture
                );
            }

            writer.Kill();
            await writer.WaitForExitAsync();

            await using var store = StoreWriter.Open(address);
            var (a, b) = Counts(store);
            Assert.Equal(a, b);
            // What was told is there; after it at most what was being done.
            Assert.InRange(store.Write(change => change.NextToken()), Math.Max(drawn, a) + 1, long.MaxValue);
            Assert.InRange(a, drawn - kill, int.MaxValue);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static (int A, int B) Counts(IRunStore store) =>
        store.Read(reader => (reader.CountOf("a"), reader.CountOf("b")));

    private string AddressOf(bool isServer) =>
        isServer ? server.CreateDatabase().StateUrl() : Path.Combine(_folder.FullName, "state.db");
}
