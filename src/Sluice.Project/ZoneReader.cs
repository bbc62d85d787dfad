using Sluice.Core.Time;
using Sluice.Project.Yaml;

namespace Sluice.Project;

/// <summary>Reads a time zone by its IANA name.</summary>
internal static class ZoneReader
{
    public static TimeZoneInfo? Read(YamlMap yaml, string key)
    {
        if (yaml.Text(key) is not { } name)
        {
            return null;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        yaml.Report(key, $"the time zone '{name}' is not known.", ZoneNames.Suggest(name));
        return null;
    }
}
