using Sluice.Core;
using Sluice.Lake.Files;
using Sluice.Lake.Upkeep;

namespace Sluice.Tests.Lake.Upkeep;

public sealed class TableVacuumTests : IDisposable
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private readonly LoadedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task A_version_is_kept_for_the_retention_time_after_the_next_one_came()
    {
        await _table.LoadAsync(1, [1]);
        await _table.LoadAsync(1, [2]);
        _table.Clock.Advance(Week - TimeSpan.FromSeconds(1));
        Assert.Empty((await _table.VacuumAsync(Week)).Files);
        Assert.Equal(["2015-05-01 1"], await _table.RowsAsync(version: 0));

        _table.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Single((await _table.VacuumAsync(Week)).Files);

        Assert.Equal(["2015-05-01 2"], await _table.RowsAsync());
        Assert.Single(_table.DataFiles());
        Assert.Empty(await _table.ProblemsAsync());
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_removes_nothing()
    {
        await _table.LoadAsync(1, [1], [2]);
        await _table.LoadAsync(1, [3]);
        var before = _table.DataFiles();

        var dry = await _table.VacuumAsync(TimeSpan.Zero, dryRun: true);

        Assert.Equal(before, _table.DataFiles());
        var real = await _table.VacuumAsync(TimeSpan.Zero);
        Assert.Equal(dry.Files, real.Files);
        Assert.Equal(2, real.Files.Count);
        Assert.Equal(dry.Bytes, real.Bytes);
    }

    [Fact]
    public async Task What_a_build_names_stays_however_old_it_is()
    {
        await _table.LoadAsync(1, [1]);
        var pinned = await _table.LoadAsync(1, [2]);
        await _table.PublishAsync(pinned);
        await _table.LoadAsync(1, [3]);
        _table.Clock.Advance(TimeSpan.FromDays(1000));

        Assert.Single((await _table.VacuumAsync(Week)).Files);

        Assert.Equal(["2015-05-01 2"], await _table.RowsAsync(pinned));
        Assert.Equal(["2015-05-01 3"], await _table.RowsAsync());
    }

    [Fact]
    public async Task A_damaged_build_file_removes_nothing()
    {
        await _table.LoadAsync(1, [1]);
        await _table.PublishAsync(0);
        await _table.LoadAsync(1, [2]);
        await File.WriteAllTextAsync(Directory.GetFiles(_table.Layout.Builds)[0], "{");

        await Assert.ThrowsAsync<PipelineException>(() => _table.VacuumAsync(TimeSpan.Zero));

        Assert.Equal(2, _table.DataFiles().Count);
    }

    [Fact]
    public async Task A_file_that_no_version_names_goes_when_it_is_old_and_nobody_writes()
    {
        await _table.LoadAsync(1, [1]);
        var stray = Path.Combine(Path.GetDirectoryName(_table.DataFiles()[0])!, "part-00009-stray.zstd.parquet");
        File.Copy(_table.DataFiles()[0], stray);
        File.SetLastWriteTimeUtc(stray, _table.Clock.GetUtcNow().UtcDateTime);
        Assert.Equal(1, (await _table.VacuumAsync(Week)).Kept);

        _table.Clock.Advance(Week + TimeSpan.FromDays(1));
        using (StagingFolder.Create(_table.Layout.Staging))
        {
            // A commit at work has published its files and not yet itself.
            Assert.Equal(1, (await _table.VacuumAsync(Week)).Kept);
            Assert.True(File.Exists(stray));
        }

        Assert.Equal([stray], (await _table.VacuumAsync(Week)).Files);
        Assert.False(File.Exists(stray));
    }

    [Fact]
    public async Task Of_two_at_once_one_says_so()
    {
        await _table.LoadAsync(1, [1]);
        using var other = UpkeepLock.Take(_table.Layout);

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _table.VacuumAsync(Week));

        Assert.True(failure.IsTransient);
        await Assert.ThrowsAsync<PipelineException>(() => _table.RestoreAsync(0));
    }

    [Fact]
    public async Task It_begins_where_the_log_does()
    {
        await _table.LoadDaysAsync(1, 12);
        await _table.LoadAsync(3, [33]);
        for (var version = 0L; version < 10; version++)
        {
            File.Delete(_table.Log.FileOf(version));
        }

        Assert.Single((await _table.VacuumAsync(TimeSpan.Zero)).Files);
        Assert.Equal(12, (await _table.RowsAsync()).Count);
    }

    [Fact]
    public async Task Old_commits_before_a_checkpoint_go_and_what_is_kept_can_be_read()
    {
        await _table.LoadDaysAsync(1, 25);
        await _table.PublishAsync(22);
        var pinned = await _table.RowsAsync(22);
        // Each load takes a day.
        _table.Clock.Advance(TimeSpan.FromDays(5));
        Assert.Empty((await _table.VacuumAsync(Week)).Files);
        _table.Clock.Advance(TimeSpan.FromDays(30));
        var dry = await _table.VacuumAsync(Week, dryRun: true);

        var removed = await _table.VacuumAsync(Week);

        // The checkpoint of version 20 is the last one from which the build's version can be read.
        Assert.Equal(dry.Files, removed.Files);
        Assert.Equal(20, _table.Log.Versions().Min());
        Assert.Equal([20L], _table.Log.Checkpoints());
        Assert.Equal(25, (await _table.RowsAsync()).Count);
        Assert.Equal(pinned, await _table.RowsAsync(22));
        Assert.Empty(await _table.ProblemsAsync());
        Assert.Empty((await _table.VacuumAsync(TimeSpan.FromDays(400))).Files);
        var gone = await Assert.ThrowsAsync<PipelineException>(() => _table.RowsAsync(19));
        Assert.StartsWith(
            "The version 19 of raw/app/users is gone: its log begins at version 20",
            gone.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            gone.Message,
            (await Assert.ThrowsAsync<PipelineException>(() => _table.RestoreAsync(3))).Message.Replace(
                "version 3 ",
                "version 19 ",
                StringComparison.Ordinal
            )
        );
        await _table.LoadDaysAsync(26, 27);
        Assert.Equal(27, (await _table.RowsAsync()).Count);
    }

    [Fact]
    public async Task Commits_before_a_damaged_checkpoint_stay()
    {
        await _table.LoadDaysAsync(1, 15);
        await File.WriteAllTextAsync(_table.Log.CheckpointOf(10), "damaged");
        _table.Clock.Advance(TimeSpan.FromDays(1000));

        Assert.Empty((await _table.VacuumAsync(Week)).Files);

        Assert.Equal(15, (await _table.RowsAsync()).Count);
    }
}
