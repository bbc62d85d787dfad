using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>Reads the saved funnels: one <c>.yaml</c> file each in <c>funnels/</c>.</summary>
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

        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (YamlFile.Read(path, $"{Folder}/{Path.GetFileName(path)}", problems) is { } yaml)
            {
                funnels[name] = FunnelReader.Read(yaml, name);
            }
        }

        return funnels;
    }
}
