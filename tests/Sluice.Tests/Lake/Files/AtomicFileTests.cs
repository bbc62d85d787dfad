using System.Text;
using Sluice.Core;
using Sluice.Lake.Files;

namespace Sluice.Tests.Lake.Files;

public sealed class AtomicFileTests
{
    private const int Writers = 4;

    [Fact]
    public void Of_many_threads_that_publish_one_name_exactly_one_wins_and_keeps_it()
    {
        const int Rounds = 3_000;
        using var folder = new TempFolder();
        var temporary = Enumerable
            .Range(0, Writers)
            .Select(writer => folder.Write($"{writer}.tmp", $"{writer}"))
            .ToArray();
        var winners = new int[Rounds];
        var wins = new int[Rounds];
        using var start = new Barrier(Writers);
        var threads = Enumerable
            .Range(0, Writers)
            .Select(writer => new Thread(() =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    start.SignalAndWait();
                    if (AtomicFile.TryPublish(temporary[writer], Path.Combine(folder.Path, $"{round}.json")))
                    {
                        winners[round] = writer;
                        Interlocked.Increment(ref wins[round]);
                    }
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.All(wins, count => Assert.Equal(1, count));
        Assert.Equal(
            winners.Select(winner => $"{winner}"),
            Enumerable.Range(0, Rounds).Select(round => File.ReadAllText(Path.Combine(folder.Path, $"{round}.json")))
        );
    }

    [Fact]
    public async Task Of_many_writers_that_create_one_file_exactly_one_wins_with_all_of_its_content()
    {
        const int Rounds = 50;
        using var folder = new TempFolder();
        for (var round = 0; round < Rounds; round++)
        {
            var path = Path.Combine(folder.Path, $"{round}.json");
            var contents = Enumerable
                .Range(0, Writers)
                .Select(writer => new string((char)('a' + writer), 10_000))
                .ToList();
            var won = await Task.WhenAll(
                contents.Select(content =>
                    Task.Run(() =>
                        AtomicFile.TryCreateAsync(
                            path,
                            Encoding.UTF8.GetBytes(content),
                            folder.Path,
                            CancellationToken.None
                        )
                    )
                )
            );

            Assert.Single(won, wins => wins);
            Assert.Equal(contents[Array.IndexOf(won, true)], await File.ReadAllTextAsync(path));
        }
    }

    [Fact]
    public async Task A_name_that_is_taken_keeps_its_content()
    {
        using var folder = new TempFolder();
        var path = folder.Write("1.json", "first");

        Assert.False(await AtomicFile.TryCreateAsync(path, "second"u8.ToArray(), folder.Path, CancellationToken.None));
        Assert.Equal("first", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_failure_and_not_a_lost_race()
    {
        using var folder = new TempFolder();

        await Assert.ThrowsAsync<PipelineException>(() =>
            AtomicFile.TryCreateAsync(
                Path.Combine(folder.Path, "no", "1.json"),
                "x"u8.ToArray(),
                folder.Path,
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task A_cancelled_creation_publishes_nothing()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "1.json");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            AtomicFile.TryCreateAsync(path, "x"u8.ToArray(), folder.Path, new CancellationToken(canceled: true))
        );

        Assert.False(File.Exists(path));
    }
}
