using System.Globalization;
using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.Lake.Delta.Checkpoints;

namespace Sluice.Lake.Delta;

/// <summary>The commits of one table: files of numbered names in <c>_delta_log</c>, and checkpoints that sum them up.</summary>
/// <param name="table">The table, for messages.</param>
/// <param name="folder">The table's folder.</param>
internal sealed class DeltaLog(TableId table, string folder)
{
    private const string CommitEnd = ".json";
    private const string CheckpointEnd = ".checkpoint.parquet";

    /// <summary>The table.</summary>
    public TableId Table { get; } = table;

    /// <summary>Absolute path of the log's folder.</summary>
    public string Folder { get; } = Path.Combine(folder, "_delta_log");

    /// <summary>The file of a version.</summary>
    public string FileOf(long version) => Path.Combine(Folder, Number(version) + CommitEnd);

    /// <summary>The file of the checkpoint of a version.</summary>
    public string CheckpointOf(long version) => Path.Combine(Folder, Number(version) + CheckpointEnd);

    /// <summary>The newest version, or -1 where the table does not exist.</summary>
    public long NewestVersion() => Versions().DefaultIfEmpty(-1).Max();

    /// <summary>The versions that have a commit file, in no order.</summary>
    public IEnumerable<long> Versions() => Numbered(CommitEnd);

    /// <summary>The versions that have a checkpoint, usable or not, newest first.</summary>
    public IReadOnlyList<long> Checkpoints() => [.. Numbered(CheckpointEnd).OrderDescending()];

    /// <summary>The state at a version: that of the newest usable checkpoint up to it, and the commits after.</summary>
    /// <remarks>A damaged checkpoint costs time and nothing else while the commits before it are there; <c>lake verify</c> tells of it.</remarks>
    /// <exception cref="PipelineException">A commit is missing or damaged, or the table needs a newer reader.</exception>
    public async Task<DeltaState> ReplayAsync(long version, CancellationToken cancellationToken)
    {
        string? damaged = null;
        foreach (var checkpoint in Checkpoints().Where(number => number <= version))
        {
            try
            {
                var state = new DeltaState(Table, folder);
                state.Apply(checkpoint, await CheckpointReader.ReadAsync(CheckpointOf(checkpoint), cancellationToken));
                if (checkpoint == version && File.Exists(FileOf(version)))
                {
                    state.TakeTime(await ReadAsync(version, damaged, cancellationToken));
                }

                return await ReplayAsync(state, version, damaged, cancellationToken);
            }
            catch (InvalidDataException damage)
            {
                damaged ??= $"'{CheckpointOf(checkpoint)}' ({damage.Message})";
            }
        }

        if (damaged is null && OldestVersion() is var oldest && version < oldest)
        {
            throw new PipelineException(
                $"The version {version} of {Table} is gone: its log begins at version {oldest}, older commits were removed for their age."
            )
            {
                Hint = $"Use version {oldest} or a newer one: 'sluice lake history {Table.Name}' lists them.",
            };
        }

        return await ReplayAsync(new DeltaState(Table, folder), version, damaged, cancellationToken);
    }

    /// <summary>The oldest version that can be read: the first one, or that of the first checkpoint behind commits that were removed.</summary>
    public long OldestVersion()
    {
        var first = Versions().DefaultIfEmpty(0).Min();
        return first == 0 ? 0 : Checkpoints().Where(version => version >= first - 1).DefaultIfEmpty(first).Min();
    }

    /// <summary>The state at a version, from the commits alone.</summary>
    public Task<DeltaState> ReplayCommitsAsync(long version, CancellationToken cancellationToken) =>
        ReplayAsync(new DeltaState(Table, folder), version, damaged: null, cancellationToken);

    /// <summary>The actions of one commit.</summary>
    /// <exception cref="PipelineException">It is missing or damaged.</exception>
    public Task<List<DeltaAction>> ReadAsync(long version, CancellationToken cancellationToken) =>
        ReadAsync(version, damaged: null, cancellationToken);

    private async Task<DeltaState> ReplayAsync(
        DeltaState state,
        long version,
        string? damaged,
        CancellationToken cancellationToken
    )
    {
        while (state.Version < version)
        {
            var next = state.Version + 1;
            state.Apply(next, await ReadAsync(next, damaged, cancellationToken));
        }

        return state;
    }

    private async Task<List<DeltaAction>> ReadAsync(long version, string? damaged, CancellationToken cancellationToken)
    {
        var path = FileOf(version);
        try
        {
            var actions = new List<DeltaAction>();
            foreach (var line in await File.ReadAllLinesAsync(path, cancellationToken))
            {
                if (line.Length > 0)
                {
                    actions.Add(JsonSerializer.Deserialize(line, DeltaJson.Default.DeltaAction)!);
                }
            }

            return actions;
        }
        catch (FileNotFoundException)
        {
            var instead = damaged is null ? "" : $", and the checkpoint that has it is damaged: {damaged}";
            throw new PipelineException($"The log of {Table} has no version {version}: '{path}' is missing{instead}.")
            {
                Hint =
                    "Another program has cleaned the log; restore the file, or delete the table's folder and load it again.",
            };
        }
        catch (JsonException damage)
        {
            throw new PipelineException(
                $"The log of {Table} is damaged: '{path}' cannot be read ({damage.Message}).",
                damage
            )
            {
                Hint = "Restore the file from a backup, or delete the table's folder and load it again.",
            };
        }
    }

    private IEnumerable<long> Numbered(string end)
    {
        if (!Directory.Exists(Folder))
        {
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(Folder, "*" + end))
        {
            var name = Path.GetFileName(file)[..^end.Length];
            if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                yield return version;
            }
        }
    }

    private static string Number(long version) => version.ToString("D20", CultureInfo.InvariantCulture);
}
