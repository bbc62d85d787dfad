using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.Tests.Core.Tables;

namespace Sluice.Tests.Lake.Upkeep;

public sealed class TableWideningTests : IDisposable
{
    private readonly LoadedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("integer", "long")]
    [InlineData("byte", "short")]
    [InlineData("short", "long")]
    [InlineData("float", "double")]
    [InlineData("decimal(4,0)", "decimal(9,0)")]
    [InlineData("decimal(4,0)", "decimal(38,0)")]
    [InlineData("decimal(19,0)", "decimal(20,0)")]
    public async Task Rows_of_before_have_the_wider_type_in_the_same_commit(string from, string to)
    {
        _table.Columns = $"id {from}, name string";
        await _table.LoadAsync(1, [1, -2], [3]);
        await _table.LoadAsync(2, [4]);
        var (rows, narrow) = (await _table.RowsAsync(), (await _table.SnapshotAsync()).Files.Select(file => file.Path));

        _table.Columns = $"id {to}, name string";
        var version = await _table.LoadAsync(3, [5]);

        Assert.Equal([.. rows, "2015-05-03 5"], await _table.RowsAsync());
        Assert.Equal(rows, await _table.RowsAsync(version - 1));
        var snapshot = await _table.SnapshotAsync();
        Assert.Equal(to, snapshot.Schema.Find("id")!.Type.ToString());
        Assert.Equal(4, snapshot.Files.Count);
        Assert.Empty(narrow.Intersect(snapshot.Files.Select(file => file.Path)));
        Assert.Empty(await _table.ProblemsAsync());
        Assert.Equal(rows.Count + 1, snapshot.Rows);
    }

    [Fact]
    public async Task Bounds_and_days_and_intervals_of_the_files_stay()
    {
        _table.Columns = "id integer, name string";
        await _table.LoadAsync(1, [1, -2], [3]);
        var before = (await _table.SnapshotAsync()).Files;

        _table.Columns = "id long, name string, later string";
        await _table.LoadAsync(2, [5]);

        var after = (await _table.SnapshotAsync()).Files.Take(2).ToList();
        Assert.Equal(before.Select(Told), after.Select(Told));
        Assert.Empty(before.Select(file => file.Path).Intersect(after.Select(file => file.Path)));
    }

    [Fact]
    public async Task A_day_that_is_replaced_is_not_rewritten_first()
    {
        _table.Columns = "id integer, name string";
        await _table.LoadAsync(1, [1]);
        _table.Columns = "id long, name string";
        await _table.LoadAsync(1, [2]);

        Assert.Equal(2, _table.DataFiles().Count);
        Assert.Equal(["2015-05-01 2"], await _table.RowsAsync());
    }

    [Fact]
    public async Task A_commit_that_is_overtaken_leaves_no_file()
    {
        _table.Columns = "id integer, name string";
        await _table.LoadAsync(1, [1]);
        var files = _table.DataFiles();
        var late = new TableCommit
        {
            Interval = LoadedTable.Day(1),
            Token = new(TaskToken.ExtractOf(LoadedTable.Day(1)), 1),
            Replaces = ReplaceScope.Nothing,
            Schema = SchemaText.Parse("id long, name string, _op string, _extracted_at timestamp, _seq long, ds date"),
            Files = [],
            Partitioned = true,
        };

        await Assert.ThrowsAsync<TableConflictException>(() => _table.Store.CommitAsync(LoadedTable.Id, late));

        Assert.Equal(files, _table.DataFiles());
    }

    [Fact]
    public async Task A_narrower_type_stops()
    {
        await _table.LoadAsync(1, [1]);
        _table.Columns = "id integer, name string";

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _table.LoadAsync(2, [2]));

        Assert.Contains("'id'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_goes_back_to_the_narrower_type()
    {
        _table.Columns = "id integer, name string";
        await _table.LoadAsync(1, [1]);
        _table.Columns = "id long, name string";
        await _table.LoadAsync(2, [2]);

        await _table.RestoreAsync(0);

        Assert.Equal("integer", (await _table.SnapshotAsync()).Schema.Find("id")!.Type.ToString());
        Assert.Equal(["2015-05-01 1"], await _table.RowsAsync());
        Assert.Empty(await _table.ProblemsAsync());
    }

    private static string Told(DataFile file) =>
        $"{file.Ds} {file.Interval} {file.Rows} {string.Join(' ', file.MinValues)} {string.Join(' ', file.MaxValues)} {string.Join(' ', file.Origins)}";
}
