using System.Reflection;
using Sluice.Core;
using Sluice.Project;

namespace Sluice.Cli.Demo;

/// <summary>The demo's project folder: the files of <c>samples/ecommerce</c>, which the program carries with it.</summary>
internal static class DemoProject
{
    private const string Prefix = "sample/";

    /// <summary>The database that the demo's <c>sluice.yaml</c> names.</summary>
    public const string DatabaseName = "app.db";

    /// <summary>The file that a demo holds while it makes the database.</summary>
    public const string LockName = DatabaseName + ".lock";

    /// <summary>Writes the files, unless the folder is a demo already.</summary>
    /// <exception cref="DefinitionException">The folder holds something else.</exception>
    public static void Write(string folder)
    {
        var marker = Path.Combine(folder, ProjectLoader.FileName);
        if (
            !File.Exists(marker)
            && Directory.Exists(folder)
            && Directory.EnumerateFileSystemEntries(folder).Any(IsForeign)
        )
        {
            throw new DefinitionException(
                $"The folder '{folder}' is not empty and holds no demo.",
                "Choose another one with --path."
            );
        }

        if (File.Exists(marker))
        {
            return;
        }

        // sluice.yaml comes last: with it, the folder is whole.
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in Files(assembly).OrderBy(name => name == Prefix + ProjectLoader.FileName))
        {
            var path = Path.Combine(folder, name[Prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var content = assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(path);
            content.CopyTo(file);
        }
    }

    private static IEnumerable<string> Files(Assembly assembly) =>
        assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    // What an interrupted demo leaves is ours.
    private static bool IsForeign(string path) =>
        Path.GetFileName(path)
            is not (
                ".sluice"
                or "models"
                or "macros"
                or "funnels"
                or "dbt_project.yml"
                or DatabaseName
                or DatabaseName + ".tmp"
                or LockName
            );
}
