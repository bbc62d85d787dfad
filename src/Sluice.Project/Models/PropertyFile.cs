using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>Looks at a <c>schema.yml</c>: descriptions are for people; tests would have to be run, and are refused until they are.</summary>
internal static class PropertyFile
{
    private static readonly string[] Tests = ["data_tests", "tests", "unit_tests"];

    public static void Check(string path, string file, Problems problems)
    {
        if (YamlFile.Read(path, file, problems) is { } yaml)
        {
            CheckMap(yaml);
        }
    }

    private static void CheckMap(YamlMap map)
    {
        foreach (var (key, _) in map.Keys)
        {
            if (Tests.Contains(key, StringComparer.Ordinal))
            {
                map.Report(
                    key,
                    $"'{key}' are not run by this version.",
                    "Remove them for now, so that nobody relies on them."
                );
                continue;
            }

            foreach (var item in map.Items(key))
            {
                if (item.Map is { } inner)
                {
                    CheckMap(inner);
                }
            }
        }
    }
}
