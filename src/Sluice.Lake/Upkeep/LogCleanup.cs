using Sluice.Lake.Delta;
using Sluice.Lake.Delta.Checkpoints;

namespace Sluice.Lake.Upkeep;

/// <summary>
/// Removes the commits of a log that are old and summed up: those before the checkpoint from which every version that counts can
/// be read. Removed oldest first, so that killed half-way it leaves a log without gaps.
/// </summary>
/// <param name="log">The table's log.</param>
/// <param name="cutoff">Commits that are younger stay.</param>
internal sealed class LogCleanup(DeltaLog log, DateTimeOffset cutoff)
{
    /// <summary>The time for which Delta keeps commits where a table does not say.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <summary>The files that can go, oldest first.</summary>
    /// <param name="commits">The commits and when each was made, ascending.</param>
    /// <param name="oldest">The oldest version that must stay readable.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<FileInfo>> FindAsync(
        IEnumerable<KeyValuePair<long, DateTimeOffset>> commits,
        long oldest,
        CancellationToken cancellationToken
    )
    {
        if (await FindCheckpointAsync(oldest, cancellationToken) is not { } checkpoint)
        {
            return [];
        }

        var gone = commits
            .TakeWhile(commit => commit.Key < checkpoint && commit.Value <= cutoff)
            .Select(commit => commit.Key)
            .ToList();
        // A checkpoint that no commit follows any more begins nothing.
        var useless = gone.Count == 0 ? [] : log.Checkpoints().Where(version => version <= gone[^1]);
        return
        [
            .. gone.Select(log.FileOf)
                .Concat(useless.Order().Select(log.CheckpointOf))
                .Select(path => new FileInfo(path)),
        ];
    }

    private async Task<long?> FindCheckpointAsync(long oldest, CancellationToken cancellationToken)
    {
        foreach (var version in log.Checkpoints().Where(version => version <= oldest))
        {
            try
            {
                await CheckpointReader.ReadAsync(log.CheckpointOf(version), cancellationToken);
                return version;
            }
            catch (InvalidDataException)
            {
                // A damaged one is no ground to stand on; 'lake verify' names it.
            }
        }

        return null;
    }
}
