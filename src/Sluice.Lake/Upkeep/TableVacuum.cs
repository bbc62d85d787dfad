using Sluice.Core.Tables;
using Sluice.Lake.Delta;
using Sluice.Lake.Files;

namespace Sluice.Lake.Upkeep;

/// <summary>Finds the data files and commits of one table that nothing needs, and removes them. Killed half-way it has removed some of them.</summary>
/// <param name="table">The table.</param>
/// <param name="layout">The lake.</param>
/// <param name="log">The table's log.</param>
/// <param name="cutoff">A version that was replaced by then is not kept for its age.</param>
/// <param name="logCutoff">A commit that was made by then is not kept for its age.</param>
internal sealed class TableVacuum(
    TableId table,
    LakeLayout layout,
    DeltaLog log,
    DateTimeOffset cutoff,
    DateTimeOffset logCutoff
)
{
    public async Task<VacuumOutcome> RunAsync(
        IReadOnlyCollection<TableVersion> pinned,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        // In this order: a file that is published after the listing is not in it, and one that was published before it by a
        // commit that is still at work is known by the lock that its writer holds.
        var found = DataFiles();
        var isWriting = StagingFolder.IsAnyHeld(layout.Staging);
        var commits = new SortedDictionary<long, List<DeltaAction>>();
        foreach (var version in log.Versions())
        {
            commits[version] = await log.ReadAsync(version, cancellationToken);
        }

        var (oldest, needed, named) = await NeededAsync(commits, pinned, cancellationToken);
        var (removed, bytes, kept) = (new List<string>(), 0L, 0);
        foreach (var file in found.Where(file => !needed.Contains(file.FullName)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!named.Contains(file.FullName) && (isWriting || file.LastWriteTimeUtc > cutoff.UtcDateTime))
            {
                kept++;
                continue;
            }

            removed.Add(file.FullName);
            bytes += file.Length;
            if (!dryRun)
            {
                Delete(file);
            }
        }

        // The data files of versions that are still in the log went first: none of them is named by nobody.
        var times = commits.Select(commit => KeyValuePair.Create(commit.Key, TimeOf(commit.Value)));
        var old = await new LogCleanup(log, logCutoff).FindAsync(times, oldest, cancellationToken);
        foreach (var file in old)
        {
            cancellationToken.ThrowIfCancellationRequested();
            removed.Add(file.FullName);
            bytes += file.Length;
            if (!dryRun)
            {
                Delete(file);
            }
        }

        return new(table, removed, bytes, kept);
    }

    private async Task<(long Oldest, HashSet<string> Needed, HashSet<string> Named)> NeededAsync(
        SortedDictionary<long, List<DeltaAction>> commits,
        IReadOnlyCollection<TableVersion> pinned,
        CancellationToken cancellationToken
    )
    {
        var newest = commits.Keys.Last();
        var incarnation = (await log.ReplayAsync(newest, cancellationToken)).ToSnapshot().Incarnation;
        var versions = pinned
            .Where(pin => pin.Incarnation == incarnation && pin.Version <= newest)
            .Select(pin => pin.Version)
            .Append(newest)
            .Concat(commits.Where(commit => TimeOf(commit.Value) > cutoff).Select(commit => commit.Key - 1))
            .Where(version => version >= log.OldestVersion())
            .ToHashSet();
        var oldest = versions.Min();
        var state = await log.ReplayAsync(oldest, cancellationToken);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            if (versions.Contains(state.Version))
            {
                needed.UnionWith(state.Live.Select(state.PathOf));
            }

            if (state.Version == newest)
            {
                var named = commits
                    .Values.SelectMany(actions => actions)
                    .Select(action => action.Add?.Path ?? action.Remove?.Path)
                    .OfType<string>()
                    .Select(path => DeltaState.PathOf(layout.FolderOf(table), path));
                return (oldest, needed, named.ToHashSet(StringComparer.Ordinal));
            }

            state.Apply(state.Version + 1, commits[state.Version + 1]);
        }
    }

    private static DateTimeOffset TimeOf(List<DeltaAction> commit) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            commit.Find(action => action.CommitInfo is not null)?.CommitInfo?.Timestamp ?? 0
        );

    private List<FileInfo> DataFiles()
    {
        var folder = new DirectoryInfo(layout.FolderOf(table));
        return
        [
            .. folder
                .EnumerateFiles("*.parquet", SearchOption.AllDirectories)
                .Where(file => file.DirectoryName != log.Folder)
                .OrderBy(file => file.FullName, StringComparer.Ordinal),
        ];
    }

    private static void Delete(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, file.FullName);
        }
    }
}
