using Sluice.Core;
using Sluice.IntegrationTests.Faults;
using Sluice.State.Sqlite;
using Sluice.Tests.State;

namespace Sluice.IntegrationTests.State;

/// <summary>Disks that a store in a file cannot be kept on.</summary>
public sealed class BrokenStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-state-");

    private string StatePath => Path.Combine(_folder.FullName, "disk", "state.db");

    [Fact]
    public async Task A_full_disk_is_told_and_what_was_written_stays()
    {
        using var disk = SmallDisk.At(Path.GetDirectoryName(StatePath)!, kilobytes: 1024);
        var written = 0;
        await using (var store = SqliteRunStore.Open(StatePath, TimeProvider.System))
        {
            var failure = Assert.Throws<PipelineException>(() =>
            {
                for (; written < 100_000; written++)
                {
                    store.Save(StoredRuns.Run("a", written));
                }
            });
            Assert.Contains("disk is full", failure.Message, StringComparison.Ordinal);
            Assert.Contains(StatePath, failure.Message, StringComparison.Ordinal);

            disk.Grow();
            store.Save(StoredRuns.Run("a", written));
        }

        await using var again = SqliteRunStore.Open(StatePath, TimeProvider.System);
        Assert.Equal(written + 1, again.Read(reader => reader.Latest("a", int.MaxValue).Count));
    }

    [Fact]
    public async Task A_disk_that_is_read_only_is_told()
    {
        using var disk = SmallDisk.At(Path.GetDirectoryName(StatePath)!, kilobytes: 1024);
        await using (SqliteRunStore.Open(StatePath, TimeProvider.System)) { }
        disk.MakeReadOnly();

        var failure = Assert.Throws<PipelineException>(() =>
        {
            var store = SqliteRunStore.Open(StatePath, TimeProvider.System);
            store.Save(StoredRuns.Run("a", 0));
        });

        Assert.Contains(StatePath, failure.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be", failure.Message, StringComparison.Ordinal);
        Assert.Contains("read-only", failure.Hint, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
