using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.Lake.Files;
using Sluice.Lake.Parquet;

namespace Sluice.Lake.Delta;

/// <summary>The lake's tables as Delta tables of reader version 1 and writer version 2 on a local file system.</summary>
/// <remarks>Safe for many threads and processes: the log's numbered files are the only thing they share.</remarks>
public sealed class DeltaTableStore : ITableStore
{
    private readonly LakeLayout _layout;
    private readonly TimeProvider _clock;

    /// <summary>Opens the lake of a project; nothing is created before the first write.</summary>
    /// <param name="root">Absolute path of the project's <c>.sluice</c> folder.</param>
    /// <param name="clock">The time of commits.</param>
    public DeltaTableStore(string root, TimeProvider clock) => (_layout, _clock) = (new LakeLayout(root), clock);

    /// <inheritdoc/>
    public IReadOnlyList<TableId> List() =>
        [.. _layout.Tables().Where(table => new DeltaLog(table, _layout.FolderOf(table)).NewestVersion() >= 0).Order()];

    /// <inheritdoc/>
    public async Task<TableSnapshot?> ReadAsync(
        TableId table,
        long? version = null,
        CancellationToken cancellationToken = default
    )
    {
        var log = new DeltaLog(table, _layout.FolderOf(table));
        var newest = log.NewestVersion();
        if (newest < 0 && version is null)
        {
            return null;
        }

        if (version > newest)
        {
            throw new PipelineException($"The table {table} has no version {version}; its newest is {newest}.")
            {
                Hint = "The lake was changed by hand: restore the table's folder, or run 'sluice run' again.",
            };
        }

        return (await log.ReplayAsync(version ?? newest, cancellationToken)).ToSnapshot();
    }

    /// <inheritdoc/>
    public Task<IStagingArea> StageAsync(
        TableId table,
        string? name = null,
        CancellationToken cancellationToken = default
    ) => Task.FromResult<IStagingArea>(new StagingArea(StagingFolder.Create(_layout.Staging, name)));

    /// <inheritdoc/>
    public async Task<long> CommitAsync(
        TableId table,
        TableCommit commit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(commit);
        var folder = _layout.FolderOf(table);
        var log = new DeltaLog(table, folder);
        await using var staging = StagingFolder.Create(_layout.Staging);
        List<DeltaAdd> adds = [];
        try
        {
            DurableFolder.Create(log.Folder);
            adds = Publish(folder, commit);
            var tableId = Guid.NewGuid().ToString();
            while (true)
            {
                var newest = log.NewestVersion();
                var state = newest < 0 ? null : await log.ReplayAsync(newest, cancellationToken);
                ThrowIfOvertaken(table, state, commit);
                var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
                var content = DeltaCommitBuilder.ToBytes(
                    DeltaCommitBuilder.Actions(table, state, commit, adds, tableId, now)
                );
                // Another writer may take the number first: look at what it did, and try the next one.
                if (await AtomicFile.TryCreateAsync(log.FileOf(newest + 1), content, staging.Path, cancellationToken))
                {
                    return newest + 1;
                }
            }
        }
        catch (PipelineException failure) when (failure is not PublishedNotSyncedException)
        {
            // Nothing names them, and nothing ever will.
            adds.ForEach(file => File.Delete(Path.Combine(folder, file.Path)));
            throw;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, folder);
        }
    }

    private static void ThrowIfOvertaken(TableId table, DeltaState? state, TableCommit commit)
    {
        state?.ThrowIfNotWritable();
        if (commit.Token.Version is { } own && state?.TransactionOf(commit.Token.Application) >= own)
        {
            throw new TableConflictException(
                $"Another run has written {commit.Interval.Ds} of {table} while this one was at work (token {commit.Token.Version}); this one changed nothing."
            )
            {
                Hint = "Run it again if the other run's rows are not what you want.",
            };
        }
    }

    // The files get their names in the table before the log names them: until then no reader of the log sees them.
    private List<DeltaAdd> Publish(string folder, TableCommit commit)
    {
        var adds = new List<DeltaAdd>();
        var target = commit.Partitioned
            ? Path.Combine(folder, $"{DeltaState.PartitionColumn}={commit.Interval.Ds}")
            : folder;
        if (commit.Files.Count > 0)
        {
            DurableFolder.Create(target);
        }

        foreach (var file in commit.Files)
        {
            var name = $"part-{adds.Count:D5}-{Guid.NewGuid():D}.zstd.parquet";
            var path = Path.Combine(target, name);
            DurableFolder.SyncFile(file.Path);
            AtomicFile.TryPublish(file.Path, path);
            adds.Add(
                new DeltaAdd
                {
                    Path = commit.Partitioned ? $"{DeltaState.PartitionColumn}={commit.Interval.Ds}/{name}" : name,
                    PartitionValues = commit.Partitioned
                        ? new Dictionary<string, string?> { [DeltaState.PartitionColumn] = commit.Interval.Ds }
                        : new Dictionary<string, string?>(),
                    Size = new FileInfo(path).Length,
                    ModificationTime = _clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    DataChange = true,
                    Stats = DeltaStatistics.Write(file, commit.Schema),
                    Tags = new Dictionary<string, string> { [DeltaState.IntervalTag] = commit.Interval.Id },
                }
            );
        }

        if (commit.Files.Count > 0)
        {
            DurableFolder.Sync(target);
        }

        return adds;
    }

    private sealed class StagingArea(StagingFolder folder) : IStagingArea
    {
        public string Folder => folder.Path;

        public ReadOnlyMemory<byte>? Note => folder.ReadNote();

        public IPageWriter CreateWriter(TableSchema schema) => new ParquetPageWriter(folder.Path, schema);

        public void Keep(ReadOnlySpan<byte> note) => folder.Keep(note);

        public void Clear() => folder.Clear();

        public ValueTask DisposeAsync() => folder.DisposeAsync();
    }
}
