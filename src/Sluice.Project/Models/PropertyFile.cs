using Sluice.Core.Tables;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>
/// Looks at a <c>schema.yml</c>: descriptions are for people; tests would have to be run, and are refused until they are. Of a
/// source's table it reads <c>meta: {copies: all}</c>, also below <c>config</c>.
/// </summary>
internal static class PropertyFile
{
    private static readonly string[] Tests = ["data_tests", "tests", "unit_tests"];

    /// <summary>Checks the file.</summary>
    /// <returns>The tables of which models read every copy.</returns>
    public static IEnumerable<TableId> Read(string path, string file, Problems problems)
    {
        if (YamlFile.Read(path, file, problems) is not { } yaml)
        {
            return [];
        }

        CheckMap(yaml);
        return
        [
            .. from source in Maps(yaml, "sources")
            from table in Maps(source, "tables")
            where WantsAllCopies(table) || (table.Map("config") is { } config && WantsAllCopies(config))
            select TableId.Raw(source.Text("name") ?? "", table.Text("name") ?? ""),
        ];
    }

    private static IEnumerable<YamlMap> Maps(YamlMap map, string key) =>
        map.Items(key).Select(item => item.Map).OfType<YamlMap>();

    private static bool WantsAllCopies(YamlMap map)
    {
        if (map.Map("meta") is not { } meta || meta.Text("copies") is not { } copies)
        {
            return false;
        }

        if (copies != "all")
        {
            meta.Report("copies", $"'{copies}' is not known for 'copies'.", "Write copies: all, or leave it out.");
        }

        return copies == "all";
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
