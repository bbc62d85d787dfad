using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Models.Building;
using Sluice.Core.Tables;

namespace Sluice.Tests.Lake.Upkeep;

public sealed class TableRetentionTests : IDisposable
{
    private readonly LoadedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Copies_whose_day_ended_that_long_before_the_newest_go_and_stay_done()
    {
        await _table.LoadDaysAsync(1, 5);

        var removed = await _table.RetainAsync(days: 2, loaded: 5);

        Assert.Equal([new(2015, 5, 1), new(2015, 5, 2), new DateOnly(2015, 5, 3)], removed);
        Assert.Equal(["2015-05-04 4", "2015-05-05 5"], await _table.RowsAsync());
        var now = await _table.SnapshotAsync();
        Assert.All(Enumerable.Range(1, 5), day => Assert.True(RawCommit.IsDone(now, LoadedTable.Day(day))));
        Assert.Empty(await _table.RetainAsync(days: 2, loaded: 5));
        Assert.Equal(5, now.Version);
    }

    [Fact]
    public async Task The_day_just_loaded_stays_for_its_models()
    {
        await _table.LoadDaysAsync(2, 5);
        await _table.LoadAsync(1, [1]);

        await _table.RetainAsync(days: 2, loaded: 1);
        Assert.Contains("2015-05-01 1", await _table.RowsAsync());

        await _table.LoadAsync(6, [6]);
        await _table.RetainAsync(days: 2, loaded: 6);
        Assert.DoesNotContain("2015-05-01 1", await _table.RowsAsync());
    }

    [Fact]
    public async Task A_model_of_a_day_that_went_is_told_so_and_does_not_see_an_empty_table()
    {
        await _table.LoadDaysAsync(1, 5);
        await _table.LoadAsync(
            2,
            [
                [],
            ]
        );
        await _table.RetainAsync(days: 2, loaded: 5);
        var snapshot = await _table.SnapshotAsync();

        var failure = Assert.Throws<PipelineException>(() =>
            SourceCopy.Select(snapshot.Table, snapshot, LoadedTable.Day(1), isImport: false, TimeZoneInfo.Utc)
        );

        Assert.Contains("2015-05-01", failure.Message, StringComparison.Ordinal);
        Assert.Contains("retain", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--reextract", failure.Hint!, StringComparison.Ordinal);
        Assert.Single(
            SourceCopy.Select(snapshot.Table, snapshot, LoadedTable.Day(4), isImport: false, TimeZoneInfo.Utc).Files
        );
    }

    [Fact]
    public async Task A_log_of_changes_keeps_its_rows()
    {
        var log = new ChangeLog(["id"], "id");
        for (var day = 1; day < 5; day++)
        {
            await _table.LoadAsync(day, log, [day]);
        }

        Assert.Empty(await _table.RetainAsync(days: 1, loaded: 4));
        Assert.Equal(4, (await _table.RowsAsync()).Count);
    }

    [Fact]
    public async Task A_restore_brings_the_copies_back()
    {
        await _table.LoadDaysAsync(1, 5);
        await _table.RetainAsync(days: 2, loaded: 5);

        await _table.RestoreAsync(4);

        Assert.Equal(5, (await _table.RowsAsync()).Count);
        var snapshot = await _table.SnapshotAsync();
        Assert.Single(
            SourceCopy.Select(snapshot.Table, snapshot, LoadedTable.Day(1), isImport: false, TimeZoneInfo.Utc).Files
        );
    }
}
