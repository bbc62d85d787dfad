using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>
/// Configuration by folder, as under <c>models:</c> of <c>dbt_project.yml</c>: <c>models: {shop: {staging: {+materialized: view}}}</c>.
/// </summary>
internal sealed class FolderConfig
{
    private readonly Dictionary<string, ConfigValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FolderConfig> _folders = new(StringComparer.Ordinal);

    /// <summary>Reads the levels below a map.</summary>
    /// <param name="map">The map; null for none.</param>
    /// <param name="render">Replaces the templates in a value.</param>
    public static FolderConfig Read(YamlMap? map, Func<object?, int, object?> render)
    {
        var config = new FolderConfig();
        foreach (var (key, line) in map?.Keys ?? [])
        {
            // Without a plus a map is a folder: only the plus makes a configuration of it.
            var name = key.TrimStart('+').Trim();
            if (key.StartsWith('+') || !map!.IsMap(key))
            {
                config._values[ConfigLayers.NameOf(name)] = new(render(map!.Value(key), line), map.File, line);
            }
            else
            {
                config._folders[key] = Read(map.Map(key), render);
            }
        }

        return config;
    }

    /// <summary>All that is said, on any level.</summary>
    public IEnumerable<KeyValuePair<string, ConfigValue>> All =>
        _values.Concat(_folders.Values.SelectMany(folder => folder.All));

    /// <summary>What holds for a file: of the nearest folder that says something.</summary>
    /// <param name="path">The project's name, the folders, and the file's name without ending.</param>
    public IReadOnlyDictionary<string, ConfigValue> Of(params IEnumerable<string> path)
    {
        var values = new Dictionary<string, ConfigValue>(_values, StringComparer.Ordinal);
        var level = this;
        foreach (var name in path)
        {
            if (!level._folders.TryGetValue(name, out var next))
            {
                break;
            }

            level = next;
            values = ConfigLayers.Merge(values, level._values);
        }

        return values;
    }
}
