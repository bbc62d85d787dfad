using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>The saved funnels: one <c>.yaml</c> or <c>.yml</c> file each in <c>funnels/</c>.</summary>
/// <param name="Funnels">Those without problems, by name.</param>
/// <param name="Broken">What is wrong with the others, by name.</param>
internal sealed record FunnelFolder(
    IReadOnlyDictionary<string, FunnelDefinition> Funnels,
    IReadOnlyDictionary<string, IReadOnlyList<Diagnostic>> Broken
)
{
    /// <summary>Below the project's folder.</summary>
    public const string Folder = "funnels";

    public static FunnelFolder Read(string root)
    {
        var funnels = new SortedDictionary<string, FunnelDefinition>(StringComparer.Ordinal);
        var broken = new SortedDictionary<string, IReadOnlyList<Diagnostic>>(StringComparer.Ordinal);
        var folder = Path.Combine(root, Folder);
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Where(IsYaml) : [];
        foreach (
            var named in files
                .GroupBy(Path.GetFileNameWithoutExtension)
                .OrderBy(file => file.Key, StringComparer.Ordinal)
        )
        {
            var problems = new Problems();
            var paths = named.Order(StringComparer.Ordinal).ToList();
            var funnel = Read(paths[0], named.Key!, problems);
            if (paths.Count > 1)
            {
                problems.Add(FileOf(paths[1]), 0, $"the funnel '{named.Key}' is there twice, as .yaml and as .yml.");
            }

            if (problems.Count > 0)
            {
                broken[named.Key!] = problems.All;
            }
            else
            {
                funnels[named.Key!] = funnel!;
            }
        }

        return new(funnels, broken);
    }

    private static FunnelDefinition? Read(string path, string name, Problems problems)
    {
        if (FunnelFile.Open(path, FileOf(path), problems) is not { } yaml)
        {
            return null;
        }

        var funnel = FunnelReader.Read(yaml, name, problems);
        if (funnel.Name != name)
        {
            yaml.Report(
                "name",
                $"the funnel is called '{name}', like its file.",
                "Rename the file, or leave the name out."
            );
        }

        return funnel;
    }

    private static string FileOf(string path) => $"{Folder}/{Path.GetFileName(path)}";

    private static bool IsYaml(string path) => Path.GetExtension(path) is ".yaml" or ".yml";
}
