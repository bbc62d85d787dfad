using System.Globalization;
using Sluice.Project.Models;

namespace Sluice.Project;

/// <summary>What the files of a project look like from outside. Where it differs, they may say something else.</summary>
public static class ProjectStamp
{
    /// <summary>Paths, sizes and times of all files that say what the project is.</summary>
    /// <param name="root">The project's folder.</param>
    /// <param name="folders">Its folders of models and the like: <see cref="LoadedProject.Folders"/>.</param>
    public static string Of(string root, IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(folders);
        var files = new[] { ProjectLoader.FileName, DbtProject.FileName }
            .Select(name => Path.Combine(root, name))
            .Concat(ProjectFiles.Find(root, folders, "*").Select(file => file.Path));
        return string.Join('\n', files.Select(Look));
    }

    private static string Look(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{path} {file.Length} {file.LastWriteTimeUtc.Ticks}")
            : $"{path} -";
    }
}
