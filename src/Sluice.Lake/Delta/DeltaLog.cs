using System.Globalization;
using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Lake.Delta;

/// <summary>The commits of one table: files of numbered names in <c>_delta_log</c>.</summary>
/// <param name="table">The table, for messages.</param>
/// <param name="folder">The table's folder.</param>
internal sealed class DeltaLog(TableId table, string folder)
{
    /// <summary>Absolute path of the log's folder.</summary>
    public string Folder { get; } = Path.Combine(folder, "_delta_log");

    /// <summary>The file of a version.</summary>
    public string FileOf(long version) =>
        Path.Combine(Folder, version.ToString("D20", CultureInfo.InvariantCulture) + ".json");

    /// <summary>The newest version, or -1 where the table does not exist.</summary>
    public long NewestVersion()
    {
        var newest = -1L;
        if (Directory.Exists(Folder))
        {
            foreach (var file in Directory.EnumerateFiles(Folder, "*.json"))
            {
                if (
                    long.TryParse(
                        Path.GetFileNameWithoutExtension(file),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var version
                    )
                )
                {
                    newest = Math.Max(newest, version);
                }
            }
        }

        return newest;
    }

    /// <summary>Replays the commits from the first one to <paramref name="version"/>.</summary>
    /// <exception cref="PipelineException">A commit is missing or damaged, or the table needs a newer reader.</exception>
    public async Task<DeltaState> ReplayAsync(long version, CancellationToken cancellationToken)
    {
        var state = new DeltaState(table, folder);
        for (var number = 0L; number <= version; number++)
        {
            state.Apply(number, await ReadAsync(number, cancellationToken));
        }

        return state;
    }

    private async Task<List<DeltaAction>> ReadAsync(long version, CancellationToken cancellationToken)
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
            throw new PipelineException($"The log of {table} has no version {version}: '{path}' is missing.")
            {
                Hint =
                    "Another program has cleaned the log; restore the file, or delete the table's folder and load it again.",
            };
        }
        catch (JsonException damage)
        {
            throw new PipelineException(
                $"The log of {table} is damaged: '{path}' cannot be read ({damage.Message}).",
                damage
            )
            {
                Hint = "Restore the file from a backup, or delete the table's folder and load it again.",
            };
        }
    }
}
