using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads the section <c>pools</c>: how many tasks of a pool are at work at a time.</summary>
internal static class PoolReader
{
    private const int MostSlots = 100_000;

    public static IReadOnlyDictionary<string, int> Read(YamlMap yaml)
    {
        var pools = new Dictionary<string, int>(StringComparer.Ordinal);
        if (yaml.Map("pools") is not { } section)
        {
            return pools;
        }

        foreach (var (name, _) in section.Keys)
        {
            if (section.RequiredText(name) is not null)
            {
                pools[name] = section.Number(name, 1, 1, MostSlots);
            }
        }

        return pools;
    }
}
