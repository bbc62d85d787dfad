using System.Text.Json;
using Sluice.Core;
using Sluice.Lake.Files;

namespace Sluice.Lake.Delta.Checkpoints;

/// <summary>Sums up a table's log every so many commits, so that readers need not replay it from its beginning.</summary>
internal static class DeltaCheckpoint
{
    /// <summary>Commits from one checkpoint to the next.</summary>
    public const int Every = 10;

    // Delta's own default: a program that read an older version may ask that long what became of a file.
    private static readonly TimeSpan KeptRemovals = TimeSpan.FromDays(7);

    /// <summary>Writes a checkpoint of the version just committed, where one is due.</summary>
    /// <param name="log">The table's log.</param>
    /// <param name="state">What it adds up to.</param>
    /// <param name="nowMillis">The time.</param>
    /// <param name="staging">A private folder on the same file system.</param>
    /// <param name="cancellationToken">Stops it; the next commit writes one instead.</param>
    public static async Task WriteIfDueAsync(
        DeltaLog log,
        DeltaState state,
        long nowMillis,
        string staging,
        CancellationToken cancellationToken
    )
    {
        if (state.Version - log.Checkpoints().DefaultIfEmpty(0).First() < Every)
        {
            return;
        }

        try
        {
            await WriteAsync(log, state, nowMillis, staging, cancellationToken);
        }
        catch (Exception failure)
            when (failure
                    is PipelineException
                        or IOException
                        or UnauthorizedAccessException
                        or OperationCanceledException
            )
        {
            // The commit is published and the log is whole without a checkpoint: the next commit tries again.
        }
    }

    private static async Task WriteAsync(
        DeltaLog log,
        DeltaState state,
        long nowMillis,
        string staging,
        CancellationToken cancellationToken
    )
    {
        var actions = state.ToActions(nowMillis - (long)KeptRemovals.TotalMilliseconds);
        var temporary = Path.Combine(staging, $"{Guid.NewGuid():N}.checkpoint");
        CheckpointWriter.Write(temporary, actions);
        DurableFolder.SyncFile(temporary);
        if (AtomicFile.TryPublish(temporary, log.CheckpointOf(state.Version)))
        {
            DurableFolder.Sync(log.Folder);
            var hint = JsonSerializer.SerializeToUtf8Bytes(
                new LastCheckpoint { Version = state.Version, Size = actions.Count },
                DeltaJson.Default.LastCheckpoint
            );
            await AtomicFile.ReplaceAsync(
                Path.Combine(log.Folder, LastCheckpoint.FileName),
                hint,
                staging,
                cancellationToken
            );
        }
    }
}
