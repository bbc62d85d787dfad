using System.Globalization;
using Sluice.Core.Scheduling.Runs;

namespace Sluice.Cli.Scheduling;

/// <summary>The logs of tries: a file for each.</summary>
/// <param name="folder">Absolute path of the folder of logs.</param>
internal sealed class TaskLogs(string folder)
{
    /// <summary>The file of a try.</summary>
    public string PathOf(DagRun run, string taskId, int number) =>
        Path.Combine(FolderOf(run, taskId), number.ToString(CultureInfo.InvariantCulture) + ".log");

    /// <summary>The tries of a task that have a log, by number.</summary>
    public IReadOnlyList<(int Number, string Path)> Of(DagRun run, string taskId) =>
        Directory.Exists(FolderOf(run, taskId))
            ?
            [
                .. Directory
                    .EnumerateFiles(FolderOf(run, taskId), "*.log")
                    .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Path: path))
                    .Where(file => int.TryParse(file.Name, CultureInfo.InvariantCulture, out _))
                    .Select(file => (int.Parse(file.Name, CultureInfo.InvariantCulture), file.Path))
                    .OrderBy(file => file.Item1),
            ]
            : [];

    /// <summary>Opens the log of a try, to go on behind what is there.</summary>
    public TaskLog Open(DagRun run, string taskId, int number, TimeProvider clock)
    {
        var path = PathOf(run, taskId, number);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite), clock);
    }

    private string FolderOf(DagRun run, string taskId) =>
        Path.Combine(folder, run.DagId, $"{run.KindName}__{run.Interval.Start:yyyyMMddTHHmmssZ}", taskId);
}
