using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>Reads the saved funnels: one <c>.yaml</c> or <c>.yml</c> file each in <c>funnels/</c>.</summary>
internal static class FunnelFolder
{
    private const string Folder = "funnels";

    public static IReadOnlyDictionary<string, FunnelDefinition> Read(string root, Problems problems)
    {
        var funnels = new SortedDictionary<string, FunnelDefinition>(StringComparer.Ordinal);
        var folder = Path.Combine(root, Folder);
        if (!Directory.Exists(folder))
        {
            return funnels;
        }

        foreach (var path in Directory.EnumerateFiles(folder).Where(IsYaml).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var file = $"{Folder}/{Path.GetFileName(path)}";
            if (funnels.ContainsKey(name))
            {
                problems.Add(file, 0, $"the funnel '{name}' is there twice, as .yaml and as .yml.");
            }
            else if (YamlFile.Read(path, file, problems) is { } yaml)
            {
                var funnel = FunnelReader.Read(yaml, name, problems);
                if (funnel.Name != name)
                {
                    yaml.Report(
                        "name",
                        $"the funnel is called '{name}', like its file.",
                        "Rename the file, or leave the name out."
                    );
                }

                funnels[name] = funnel;
            }
        }

        return funnels;
    }

    private static bool IsYaml(string path) => Path.GetExtension(path) is ".yaml" or ".yml";
}
