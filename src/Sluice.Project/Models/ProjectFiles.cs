namespace Sluice.Project.Models;

/// <summary>Finds the files of a project's folders.</summary>
internal static class ProjectFiles
{
    /// <summary>The files below the folders, each once, by path.</summary>
    /// <returns>The absolute path; the name that messages use; and the path below its folder.</returns>
    public static IEnumerable<(string Path, string Name, string Inner)> Find(
        string root,
        IEnumerable<string> folders,
        string pattern
    ) =>
        folders
            .Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder =>
                Directory
                    .EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
                    // What editors leave beside a file for themselves.
                    .Where(file => !Path.GetFileName(file).StartsWith('.'))
                    .Select(file =>
                        (Path: Path.GetFullPath(file), Name: Relative(root, file), Inner: Relative(folder, file))
                    )
            )
            .DistinctBy(file => file.Path, StringComparer.Ordinal)
            .OrderBy(file => file.Path, StringComparer.Ordinal);

    private static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
