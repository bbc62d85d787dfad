using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Models.Planning;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Upkeep;

namespace Sluice.Tests.Lake.Upkeep;

public sealed class TableCompactionTests : IDisposable
{
    private readonly LoadedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Files_of_a_day_become_one_and_days_stay_apart()
    {
        await _table.LoadAsync(1, [5, 1], [3], [2, 9, 4]);
        await _table.LoadAsync(2, [7], [8]);
        var rows = await _table.RowsAsync();

        var outcome = await _table.CompactAsync();

        Assert.Equal((5, 2, 2L), (outcome.Joined, outcome.Made, outcome.Version));
        Assert.Equal(rows, await _table.RowsAsync());
        var files = (await _table.SnapshotAsync()).Files;
        Assert.Equal([LoadedTable.Day(1).Id, LoadedTable.Day(2).Id], files.Select(file => file.Interval));
        Assert.Equal([6, 2], files.Select(file => file.Rows));
        Assert.Empty(await _table.ProblemsAsync());
        Assert.Equal(0, (await _table.CompactAsync()).Joined);
    }

    [Fact]
    public async Task It_is_no_change_of_the_data()
    {
        await _table.LoadAsync(1, [1], [2]);
        await _table.CompactAsync();

        var actions = await _table.Log.ReadAsync(1, default);

        Assert.Equal("OPTIMIZE", actions[0].CommitInfo!.Operation);
        Assert.All(actions.Where(action => action.Add is not null), action => Assert.False(action.Add!.DataChange));
        Assert.All(
            actions.Where(action => action.Remove is not null),
            action => Assert.False(action.Remove!.DataChange)
        );
    }

    [Fact]
    public async Task A_day_that_is_loaded_again_replaces_its_joined_file_and_no_other()
    {
        await _table.LoadAsync(1, [1], [2]);
        await _table.LoadAsync(2, [3], [4]);
        await _table.CompactAsync();

        await _table.LoadAsync(1, [9]);

        Assert.Equal(["2015-05-02 3", "2015-05-02 4", "2015-05-01 9"], await _table.RowsAsync());
    }

    [Fact]
    public async Task A_column_that_came_later_is_null_in_the_older_rows()
    {
        var log = new ChangeLog(["id"], "id");
        await _table.LoadAsync(1, log, [1]);
        _table.Columns = "id long, name string, later string";
        await _table.LoadAsync(1, log, [2]);
        var rows = await _table.RowsAsync();

        await _table.CompactAsync();

        Assert.Equal(rows, await _table.RowsAsync());
        Assert.Single((await _table.SnapshotAsync()).Files);
        Assert.Empty(await _table.ProblemsAsync());
    }

    [Fact]
    public async Task Models_see_the_same_input()
    {
        await _table.LoadAsync(1, [1], [2], [3]);
        var before = await PrintAsync();

        await _table.CompactAsync();
        Assert.Equal(before, await PrintAsync());

        await _table.LoadAsync(1, [1], [2], [3]);
        Assert.NotEqual(before, await PrintAsync());
    }

    [Theory]
    [InlineData("10 10 10", 100, "3")]
    [InlineData("60 60 60", 100, "")]
    [InlineData("50 50 60 40 1", 100, "2 2")]
    [InlineData("200 10 10 200 10", 100, "2")]
    [InlineData("90 5 60 30", 100, "2 2")]
    [InlineData("10", 100, "")]
    [InlineData("", 100, "")]
    public void Neighbours_are_joined_up_to_the_target(string sizes, long target, string groups) =>
        Assert.Equal(
            groups,
            string.Join(
                ' ',
                CompactionPlan
                    .Of(
                        sizes
                            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                            .Select(
                                (size, i) =>
                                    new DataFile
                                    {
                                        Path = $"{i}",
                                        Bytes = long.Parse(size, System.Globalization.CultureInfo.InvariantCulture),
                                        Rows = 1,
                                        Interval = "i",
                                        MinValues = new Dictionary<string, long> { [RawColumns.Seq] = i },
                                    }
                            )
                            .Reverse(),
                        target
                    )
                    .Select(group => group.Count)
            )
        );

    [Theory]
    [InlineData(TableCompaction.ManyFiles - 1, false)]
    [InlineData(TableCompaction.ManyFiles, true)]
    public async Task A_load_joins_its_own_files_when_it_left_many(int files, bool isJoined)
    {
        await _table.LoadAsync(1, [1], [2]);
        await _table.LoadAsync(2, [.. Enumerable.Range(0, files).Select(id => new long[] { id })]);

        var outcome = await new TableCompaction(_table.Store).RunAfterLoadAsync(LoadedTable.Id, LoadedTable.Day(2));

        Assert.Equal(isJoined, outcome is not null);
        Assert.Equal(isJoined ? 3 : files + 2, (await _table.SnapshotAsync()).Files.Count);
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_nothing_is_changed()
    {
        await _table.LoadAsync(1, [1], [2]);
        var file = _table.DataFiles()[0];
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _table.CompactAsync());

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await _table.SnapshotAsync()).Version);
    }

    [Fact]
    public async Task A_file_that_was_replaced_meanwhile_stops_the_commit()
    {
        await _table.LoadAsync(1, [1], [2]);
        var before = await _table.SnapshotAsync();
        await _table.LoadAsync(1, [3]);

        await Assert.ThrowsAsync<TableConflictException>(() =>
            _table.Store.RewriteAsync(
                LoadedTable.Id,
                new TableRewrite { Kind = RewriteKind.Compact, Removes = before.Files }
            )
        );

        Assert.Equal(["2015-05-01 3"], await _table.RowsAsync());
    }

    [Fact]
    public async Task Beside_loads_it_loses_and_doubles_nothing()
    {
        await _table.LoadAsync(1, [1], [2], [3]);
        var loads = Task.Run(async () =>
        {
            for (var day = 2; day < 20; day++)
            {
                await _table.LoadAsync(day, [day], [day + 100]);
                await _table.LoadAsync(day - 1, [day - 1], [day + 99]);
            }
        });
        while (!loads.IsCompleted)
        {
            try
            {
                await _table.CompactAsync();
            }
            catch (TableConflictException)
            {
                // A load was faster three times over.
            }
        }

        await loads;
        await _table.CompactAsync();
        Assert.Equal(
            Enumerable
                .Range(1, 19)
                .SelectMany(day =>
                    new[] { $"{LoadedTable.Day(day).Ds} {day}", $"{LoadedTable.Day(day).Ds} {day + 100}" }
                )
                .Order(StringComparer.Ordinal),
            (await _table.RowsAsync()).Order(StringComparer.Ordinal)
        );
        Assert.Empty(await _table.ProblemsAsync());
    }

    private async Task<string> PrintAsync()
    {
        var snapshot = await _table.SnapshotAsync();
        return ModelFingerprint.OfSource(new SqlRelation(snapshot.Table, snapshot.Schema, snapshot.Files));
    }
}
