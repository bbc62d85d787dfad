using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Tests.Lake.Upkeep;

public sealed class TableRestoreTests : IDisposable
{
    private readonly LoadedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task The_table_is_what_it_was_and_later_days_are_open_again()
    {
        await _table.LoadDaysAsync(1, 2);
        var (rows, high) = (await _table.RowsAsync(), RawCommit.HighOf(await _table.SnapshotAsync(), log: null));
        await _table.LoadDaysAsync(3, 4);
        await _table.LoadAsync(1, [11]);

        var outcome = await _table.RestoreAsync(1);

        Assert.Equal(5, outcome.Version);
        Assert.Equal([LoadedTable.Day(3).Id, LoadedTable.Day(4).Id], outcome.Reopened);
        Assert.Equal(rows, await _table.RowsAsync());
        var now = await _table.SnapshotAsync();
        Assert.Equal(high, RawCommit.HighOf(now, log: null));
        Assert.True(RawCommit.IsDone(now, LoadedTable.Day(1)));
        Assert.False(RawCommit.IsDone(now, LoadedTable.Day(3)));
        Assert.Equal(5, (await _table.RowsAsync(version: 4)).Count - 1 + 2);
        Assert.Empty(await _table.ProblemsAsync());
    }

    [Fact]
    public async Task It_can_be_taken_back_and_tokens_never_restart()
    {
        await _table.LoadDaysAsync(1, 3);
        var greatest = TaskToken.GreatestOf((await _table.SnapshotAsync()).Transactions);
        var rows = await _table.RowsAsync();
        await _table.RestoreAsync(0);

        Assert.Equal(greatest + 1, TaskToken.Next("x", await _table.SnapshotAsync()).Version);
        var outcome = await _table.RestoreAsync(2);

        Assert.Empty(outcome.Reopened);
        Assert.Equal(rows, await _table.RowsAsync());
        Assert.True(RawCommit.IsDone(await _table.SnapshotAsync(), LoadedTable.Day(3)));
    }

    [Fact]
    public async Task A_cursor_that_came_later_begins_at_its_beginning_again()
    {
        var first = new ChangeLog(["id"], "id");
        var second = new ChangeLog(["id"], "name");
        await _table.LoadAsync(1, first, [1]);
        await _table.LoadAsync(2, second, [2]);
        await _table.RestoreAsync(0);

        var now = await _table.SnapshotAsync();
        Assert.Equal(first, now.Log);
        Assert.NotNull(RawCommit.HighOf(now, first));
        Assert.Null(RawCommit.HighOf(now, second));
    }

    [Fact]
    public async Task A_load_that_began_before_it_does_not_land_after_it()
    {
        await _table.LoadDaysAsync(1, 2);
        var read = (await _table.SnapshotAsync()).Version;
        await _table.RestoreAsync(0);

        var late = new TableCommit
        {
            Interval = LoadedTable.Day(3),
            Token = new(TaskToken.ExtractOf(LoadedTable.Day(3)), 9),
            BasedOn = read,
            Replaces = ReplaceScope.Interval,
            Schema = (await _table.SnapshotAsync()).Schema,
            Files = [],
            Partitioned = true,
        };

        var failure = await Assert.ThrowsAsync<TableConflictException>(() =>
            _table.Store.CommitAsync(LoadedTable.Id, late)
        );
        Assert.Contains("was restored", failure.Message, StringComparison.Ordinal);
        await _table.Store.CommitAsync(LoadedTable.Id, late with { BasedOn = read + 1 });
    }

    [Fact]
    public async Task Columns_go_back_too()
    {
        await _table.LoadAsync(1, [1]);
        _table.Columns = "id long, name string, later string";
        await _table.LoadAsync(2, [2]);

        await _table.RestoreAsync(0);

        Assert.Null((await _table.SnapshotAsync()).Schema.Find("later"));
    }

    [Fact]
    public async Task Without_its_files_a_version_is_refused_by_name()
    {
        await _table.LoadAsync(1, [1]);
        var gone = (await _table.SnapshotAsync()).Files[0].Path;
        await _table.LoadAsync(1, [2]);
        await _table.VacuumAsync(TimeSpan.Zero);

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _table.RestoreAsync(0));

        Assert.Contains(Path.GetFileName(gone), failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _table.SnapshotAsync()).Version);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    public async Task A_version_that_is_not_there_is_refused(long version)
    {
        await _table.LoadAsync(1, [1]);

        await Assert.ThrowsAsync<DefinitionException>(() => _table.RestoreAsync(version));
    }

    [Fact]
    public async Task The_newest_version_is_there_already()
    {
        await _table.LoadAsync(1, [1]);

        Assert.True((await _table.RestoreAsync(0)).IsUnchanged);
        Assert.Equal(0, (await _table.SnapshotAsync()).Version);
    }
}
