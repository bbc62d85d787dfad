using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.Lake.Delta.Checkpoints;
using Sluice.Lake.Files;

namespace Sluice.Lake.Delta;

/// <summary>Publishes the files of one commit, then the commit; whoever loses the race for a number looks again and takes the next. Used once.</summary>
internal sealed class DeltaWriter : IDisposable
{
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly List<DeltaAdd> _published = [];
    private readonly StagingFolder _staging;

    public DeltaWriter(TableId table, LakeLayout layout, TimeProvider clock)
    {
        (_folder, _clock) = (layout.FolderOf(table), clock);
        Log = new DeltaLog(table, _folder);
        _staging = StagingFolder.Create(layout.Staging);
    }

    public DeltaLog Log { get; }

    /// <summary>A private folder, as long as the commit takes.</summary>
    public string Staging => _staging.Path;

    /// <summary>Commits what the draft makes of the table as it is at that moment.</summary>
    /// <param name="draft">Makes the actions out of the state, null for a table that is not there, and the time; called again after a lost race.</param>
    /// <param name="cancellationToken">Stops it before anything is visible.</param>
    /// <returns>The version that was made.</returns>
    public async Task<long> CommitAsync(
        Func<DeltaState?, long, List<DeltaAction>> draft,
        CancellationToken cancellationToken
    )
    {
        try
        {
            DurableFolder.Create(Log.Folder);
            while (true)
            {
                var newest = Log.NewestVersion();
                var state = newest < 0 ? null : await Log.ReplayAsync(newest, cancellationToken);
                state?.ThrowIfNotWritable();
                var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
                var actions = draft(state, now);
                var content = DeltaCommitBuilder.ToBytes(actions);
                // Another writer may take the number first: look at what it did, and try the next one.
                if (await AtomicFile.TryCreateAsync(Log.FileOf(newest + 1), content, Staging, cancellationToken))
                {
                    if (state is not null)
                    {
                        state.Apply(newest + 1, actions);
                        await DeltaCheckpoint.WriteIfDueAsync(Log, state, now, Staging, cancellationToken);
                    }

                    return newest + 1;
                }
            }
        }
        catch (PipelineException failure) when (failure is not PublishedNotSyncedException)
        {
            // Nothing names them, and nothing ever will.
            _published.ForEach(file => File.Delete(DeltaState.PathOf(_folder, file.Path)));
            throw;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, _folder);
        }
    }

    /// <summary>Gives the files their names in the table, before the log names them: until then no reader of the log sees them.</summary>
    public IReadOnlyList<DeltaAdd> Publish(IEnumerable<NewDataFile> files)
    {
        try
        {
            var adds = new List<DeltaAdd>();
            foreach (var partition in files.GroupBy(file => file.Ds))
            {
                var inside = partition.Key is { } ds ? $"{DeltaState.PartitionColumn}={ds}/" : "";
                var target = Path.Combine(_folder, inside);
                DurableFolder.Create(target.TrimEnd('/'));
                foreach (var file in partition)
                {
                    adds.Add(Publish(file, inside, adds.Count));
                    _published.Add(adds[^1]);
                }

                DurableFolder.Sync(target);
            }

            return adds;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, _folder);
        }
    }

    public void Dispose() => _staging.Dispose();

    private DeltaAdd Publish(NewDataFile file, string inside, int place)
    {
        var name = $"{inside}part-{place:D5}-{Guid.NewGuid():D}.zstd.parquet";
        var path = Path.Combine(_folder, name);
        DurableFolder.SyncFile(file.File.Path);
        AtomicFile.TryPublish(file.File.Path, path);
        return new DeltaAdd
        {
            Path = name,
            PartitionValues = file.Ds is { } ds
                ? new Dictionary<string, string?> { [DeltaState.PartitionColumn] = ds }
                : new Dictionary<string, string?>(),
            Size = new FileInfo(path).Length,
            ModificationTime = _clock.GetUtcNow().ToUnixTimeMilliseconds(),
            DataChange = true,
            Stats = DeltaStatistics.Write(file.File, file.Schema),
            // The engine writes the models' files, and its pages have no checksum.
            Tags = Log.Table.IsMart
                ? new Dictionary<string, string>(file.Tags) { [DeltaState.ChecksumTag] = FileChecksum.Of(path) }
                : file.Tags,
        };
    }
}
