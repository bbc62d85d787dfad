using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.Lake.Delta;
using Sluice.Tests.Lake.Upkeep;

namespace Sluice.Tests.Lake.Delta.Checkpoints;

public sealed class DeltaCheckpointTests : IDisposable
{
    private readonly LoadedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Every_tenth_commit_is_summed_up()
    {
        await _table.LoadDaysAsync(1, 10);
        Assert.Empty(_table.Log.Checkpoints());
        Assert.False(File.Exists(Hint));

        await _table.LoadDaysAsync(11, 25);

        Assert.Equal([20, 10], _table.Log.Checkpoints());
        using var hint = JsonDocument.Parse(await File.ReadAllTextAsync(Hint));
        Assert.Equal(20, hint.RootElement.GetProperty("version").GetInt64());
        Assert.Equal(
            Lines(await _table.Log.ReplayCommitsAsync(20, default)).Count(),
            hint.RootElement.GetProperty("size").GetInt64()
        );
    }

    [Fact]
    public async Task It_says_what_the_commits_say_removals_and_highs_included()
    {
        await _table.LoadDaysAsync(1, 4);
        await _table.LoadAsync(2, [7, 8], [9]);
        await _table.CompactAsync();
        await _table.RestoreAsync(3);
        _table.Columns = "id long, name string, later string";
        await _table.LoadDaysAsync(4, 8);

        var version = Assert.Single(_table.Log.Checkpoints());
        var summed = await _table.Log.ReplayAsync(version, default);
        var replayed = await _table.Log.ReplayCommitsAsync(version, default);
        Assert.Equal(Lines(replayed), Lines(summed));
        var (theirs, ours) = (replayed.ToSnapshot(), summed.ToSnapshot());
        Assert.Equal(theirs.CommittedAt, ours.CommittedAt);
        Assert.Equal(
            theirs.Transactions.OrderBy(txn => txn.Key, StringComparer.Ordinal),
            ours.Transactions.OrderBy(txn => txn.Key, StringComparer.Ordinal)
        );
        Assert.Equal(theirs.Files.Select(Told), ours.Files.Select(Told));
        Assert.True(theirs.Schema.SameAs(ours.Schema));
        Assert.Contains(Lines(summed), line => line.StartsWith("{\"remove\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commits_before_it_are_not_needed()
    {
        await _table.LoadDaysAsync(1, 13);
        var rows = await _table.RowsAsync();
        var transactions = (await _table.Log.ReplayCommitsAsync(12, default)).ToSnapshot().Transactions;
        DeleteCommits(upTo: 9);

        Assert.Equal(rows, await _table.RowsAsync());
        Assert.Equal(
            transactions.OrderBy(txn => txn.Key, StringComparer.Ordinal),
            (await _table.SnapshotAsync()).Transactions.OrderBy(txn => txn.Key, StringComparer.Ordinal)
        );
        Assert.Equal(11, (await _table.RowsAsync(version: 10)).Count);
        await Assert.ThrowsAsync<PipelineException>(() => _table.RowsAsync(version: 9));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("text")]
    [InlineData("empty")]
    public async Task One_that_is_damaged_is_replaced_by_the_commits(string damage)
    {
        await _table.LoadDaysAsync(1, 13);
        var rows = await _table.RowsAsync();
        Damage(_table.Log.CheckpointOf(10), damage);

        Assert.Equal(rows, await _table.RowsAsync());
        var problem = Assert.Single(await _table.ProblemsAsync(deep: false));
        Assert.Equal(_table.Log.CheckpointOf(10), problem.File);
        await _table.LoadDaysAsync(14, 14);
        Assert.Equal(14, (await _table.RowsAsync()).Count);
    }

    [Fact]
    public async Task One_that_is_damaged_is_named_where_the_commits_are_gone()
    {
        await _table.LoadDaysAsync(1, 13);
        DeleteCommits(upTo: 9);
        Damage(_table.Log.CheckpointOf(10), "cut");

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _table.RowsAsync());

        Assert.Contains("has no version 0", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_table.Log.CheckpointOf(10), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"version\":99,\"size\":1}")]
    [InlineData("half {")]
    public async Task The_hint_is_for_others(string? content)
    {
        await _table.LoadDaysAsync(1, 13);
        DeleteCommits(upTo: 9);
        File.Delete(Hint);
        if (content is not null)
        {
            await File.WriteAllTextAsync(Hint, content);
        }

        Assert.Equal(13, (await _table.RowsAsync()).Count);
        Assert.Equal(content is null ? [] : [Hint], (await _table.ProblemsAsync()).Select(problem => problem.File));
    }

    [Fact]
    public async Task Removals_are_kept_for_a_week()
    {
        // A day passes with each commit.
        await _table.LoadAsync(1, [1]);
        await _table.LoadAsync(1, [2]);
        await _table.LoadDaysAsync(2, 6);
        await _table.LoadAsync(2, [22]);
        await _table.LoadDaysAsync(7, 9);

        var lines = Lines(await _table.Log.ReplayAsync(10, default)).ToList();

        Assert.Equal([10], _table.Log.Checkpoints());
        var remove = Assert.Single(lines, line => line.StartsWith("{\"remove\"", StringComparison.Ordinal));
        Assert.Contains("ds=2015-05-02", remove, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writers_at_once_lose_nothing()
    {
        await _table.LoadDaysAsync(1, 1);
        var loads = Enumerable.Range(2, 30).Select(day => Task.Run(() => _table.LoadAsync(day, [day]))).ToList();
        foreach (var load in loads)
        {
            // Tokens are of an interval: different days never refuse each other.
            await load;
        }

        Assert.Equal(31, (await _table.RowsAsync()).Count);
        Assert.Empty(await _table.ProblemsAsync());
        Assert.NotEmpty(_table.Log.Checkpoints());
    }

    private string Hint => Path.Combine(_table.Log.Folder, "_last_checkpoint");

    private static string Told(DataFile file) =>
        $"{file.Path} {file.Bytes} {file.Rows} {file.Ds} {file.Interval} {string.Join(' ', file.Origins)} {string.Join(' ', file.MinValues)} {string.Join(' ', file.MaxValues)}";

    private static IEnumerable<string> Lines(DeltaState state) =>
        state
            .ToActions(long.MinValue)
            .Select(action => JsonSerializer.Serialize(action, DeltaJson.Default.DeltaAction))
            .Order(StringComparer.Ordinal);

    private void DeleteCommits(long upTo)
    {
        for (var version = 0L; version <= upTo; version++)
        {
            File.Delete(_table.Log.FileOf(version));
        }
    }

    private static void Damage(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        if (how == "flipped")
        {
            bytes[bytes.Length / 4] ^= 0x40;
        }

        File.WriteAllBytes(
            path,
            how switch
            {
                "cut" => bytes[..(bytes.Length / 2)],
                "text" => "this is no Parquet file"u8.ToArray(),
                "empty" => [],
                _ => bytes,
            }
        );
    }
}
