using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Lake.Delta;
using Sluice.Lake.Delta.Checkpoints;
using Sluice.Lake.Files;
using Sluice.Lake.Parquet;

namespace Sluice.Lake.Upkeep;

/// <summary>Holds one table against its log. Used once.</summary>
/// <param name="table">The table.</param>
/// <param name="log">Its log.</param>
/// <param name="deep">Read everything.</param>
internal sealed class TableVerify(TableId table, DeltaLog log, bool deep)
{
    private readonly List<TableProblem> _problems = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long _rows;
    private long _bytes;

    public async Task<VerifyOutcome> RunAsync(IEnumerable<TableVersion> pinned, CancellationToken cancellationToken)
    {
        var newest = log.NewestVersion();
        if (await ReadAsync(newest, cancellationToken) is { } now)
        {
            VerifyFiles(now, cancellationToken);
            foreach (var pin in pinned.Where(pin => pin.Incarnation == now.Incarnation && pin.Version < newest))
            {
                if (await ReadAsync(pin.Version, cancellationToken) is { } then)
                {
                    VerifyFiles(then, cancellationToken);
                }
            }

            await VerifyCheckpointsAsync(cancellationToken);
        }

        return new(_seen.Count, _rows, _bytes, _problems);
    }

    private async Task<TableSnapshot?> ReadAsync(long version, CancellationToken cancellationToken)
    {
        try
        {
            return (await log.ReplayAsync(version, cancellationToken)).ToSnapshot();
        }
        catch (PipelineException damage)
        {
            Add(null, damage.Message);
            return null;
        }
    }

    private void VerifyFiles(TableSnapshot snapshot, CancellationToken cancellationToken)
    {
        var files = RawColumns.OfFiles(snapshot.Schema);
        foreach (var file in snapshot.Files.Where(file => _seen.Add(file.Path)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (_rows, _bytes) = (_rows + Math.Max(0, file.Rows), _bytes + file.Bytes);
            if (ProblemOf(file, files) is { } problem)
            {
                Add(file.Path, problem);
            }
        }
    }

    private string? ProblemOf(DataFile file, TableSchema schema)
    {
        var found = new FileInfo(file.Path);
        if (!found.Exists || found.Length != file.Bytes)
        {
            return found.Exists ? $"has {found.Length} bytes instead of {file.Bytes}" : "is missing";
        }

        if (deep && file.Checksum is { } written && FileChecksum.Of(file.Path) != written)
        {
            return "has other bytes than were written (checksum)";
        }

        try
        {
            using var reader = new ParquetPageReader(file.Path);
            var rows = deep ? reader.Read(new RowPage(schema)).Sum(page => (long)page.Rows) : reader.Rows;
            return file.Rows >= 0 && rows != file.Rows ? $"has {rows} rows instead of {file.Rows}" : null;
        }
        catch (InvalidDataException damage)
        {
            return $"cannot be read: {damage.Message}";
        }
    }

    private async Task VerifyCheckpointsAsync(CancellationToken cancellationToken)
    {
        var checkpoints = log.Checkpoints();
        foreach (var version in deep ? checkpoints : checkpoints.Take(1))
        {
            try
            {
                var actions = await CheckpointReader.ReadAsync(log.CheckpointOf(version), cancellationToken);
                if (deep && File.Exists(log.FileOf(0)))
                {
                    await CompareAsync(version, actions, cancellationToken);
                }
            }
            catch (InvalidDataException damage)
            {
                Add(log.CheckpointOf(version), $"cannot be read ({damage.Message}); the commits are read instead");
            }
        }

        var hint = Path.Combine(log.Folder, LastCheckpoint.FileName);
        if (File.Exists(hint) && !IsRight(await File.ReadAllBytesAsync(hint, cancellationToken), checkpoints))
        {
            Add(hint, "names no checkpoint that is here; delete it");
        }
    }

    private async Task CompareAsync(long version, List<DeltaAction> actions, CancellationToken cancellationToken)
    {
        var summed = new DeltaState(table, "/");
        summed.Apply(version, actions);
        var replayed = await log.ReplayCommitsAsync(version, cancellationToken);
        if (!Lines(summed).SequenceEqual(Lines(replayed), StringComparer.Ordinal))
        {
            Add(log.CheckpointOf(version), "says something else than the commits; delete it");
        }
    }

    // What matters of a state, as texts: a removal that has expired does not.
    private static IEnumerable<string> Lines(DeltaState state) =>
        state
            .ToActions(long.MaxValue)
            .Select(action => JsonSerializer.Serialize(action, DeltaJson.Default.DeltaAction))
            .Order(StringComparer.Ordinal);

    private static bool IsRight(byte[] hint, IReadOnlyList<long> checkpoints)
    {
        try
        {
            return checkpoints.Contains(
                JsonSerializer.Deserialize(hint, DeltaJson.Default.LastCheckpoint)?.Version ?? -1
            );
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Add(string? file, string problem) => _problems.Add(new(table, file, problem));
}
