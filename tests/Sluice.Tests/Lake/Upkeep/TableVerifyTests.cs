namespace Sluice.Tests.Lake.Upkeep;

public sealed class TableVerifyTests : IDisposable
{
    private readonly LoadedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("missing", false, "is missing")]
    [InlineData("short", false, "bytes instead of")]
    [InlineData("footer", false, "cannot be read")]
    [InlineData("page", true, "cannot be read")]
    public async Task A_file_that_is_not_what_the_log_says_is_named(string damage, bool needsDeep, string words)
    {
        await _table.LoadAsync(1, [1, 2, 3]);
        await _table.LoadAsync(2, [4]);
        Assert.Empty(await _table.ProblemsAsync());
        var file = (await _table.SnapshotAsync()).Files[0].Path;
        Damage(file, damage);

        Assert.Equal(needsDeep, (await _table.ProblemsAsync(deep: false)).Count == 0);
        var problem = Assert.Single(await _table.ProblemsAsync(deep: true));
        Assert.Equal(file, problem.File);
        Assert.Contains(words, problem.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_counted()
    {
        await _table.LoadAsync(1, [1, 2, 3]);
        var commit = _table.Log.FileOf(0);
        var text = await File.ReadAllTextAsync(commit);
        await File.WriteAllTextAsync(
            commit,
            text.Replace("\\u0022numRecords\\u0022:3", "\\u0022numRecords\\u0022:4", StringComparison.Ordinal)
        );

        var problem = Assert.Single(await _table.ProblemsAsync(deep: false));

        Assert.Equal("has 3 rows instead of 4", problem.Problem);
    }

    [Fact]
    public async Task What_only_a_build_names_is_looked_at_too()
    {
        var pinned = await _table.LoadAsync(1, [1]);
        var file = (await _table.SnapshotAsync()).Files[0].Path;
        await _table.LoadAsync(1, [2]);
        File.Delete(file);
        Assert.Empty(await _table.ProblemsAsync());

        await _table.PublishAsync(pinned);

        Assert.Equal(file, Assert.Single(await _table.ProblemsAsync()).File);
    }

    [Fact]
    public async Task A_commit_that_cannot_be_read_is_a_problem_of_the_table()
    {
        await _table.LoadDaysAsync(1, 2);
        await File.WriteAllTextAsync(_table.Log.FileOf(1), "{");

        var problem = Assert.Single(await _table.ProblemsAsync());

        Assert.Null(problem.File);
        Assert.Contains(_table.Log.FileOf(1), problem.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_that_says_something_else_than_the_commits_is_found_by_reading_all()
    {
        await _table.LoadDaysAsync(1, 11);
        var commit = _table.Log.FileOf(3);
        var text = await File.ReadAllTextAsync(commit);
        await File.WriteAllTextAsync(
            commit,
            text.Replace("sluice.extract:", "sluice.extract:x", StringComparison.Ordinal)
        );

        Assert.Empty(await _table.ProblemsAsync(deep: false));
        Assert.Equal(_table.Log.CheckpointOf(10), Assert.Single(await _table.ProblemsAsync()).File);
    }

    private static void Damage(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        switch (how)
        {
            case "missing":
                File.Delete(path);
                return;
            case "short":
                bytes = bytes[..^1];
                break;
            case "footer":
                bytes[^1] ^= 1;
                break;
            default:
                bytes[20] ^= 1;
                break;
        }

        File.WriteAllBytes(path, bytes);
    }
}
