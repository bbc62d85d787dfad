namespace Sluice.Project.Models;

/// <summary>How values of the configuration from several places become one, as in dbt.</summary>
internal static class ConfigLayers
{
    /// <summary>A key as it is known: dbt writes some with a dash and with an underscore.</summary>
    public static string NameOf(string key) => key.Replace('-', '_');

    /// <summary>Tags add up, the keys of meta are put together, and of anything else the nearer value counts.</summary>
    /// <param name="key">The key.</param>
    /// <param name="farther">The value of the farther place; null where it has none.</param>
    /// <param name="nearer">That of the nearer one.</param>
    public static ConfigValue Merge(string key, ConfigValue? farther, ConfigValue nearer)
    {
        if (farther is null)
        {
            return nearer;
        }

        if (key == "tags")
        {
            return nearer with { Value = Items(farther.Value).Concat(Items(nearer.Value)).Distinct().ToList() };
        }

        if (
            key == "meta"
            && farther.Value is IReadOnlyDictionary<string, object?> below
            && nearer.Value is IReadOnlyDictionary<string, object?> above
        )
        {
            var both = new Dictionary<string, object?>(below, StringComparer.Ordinal);
            foreach (var (name, value) in above)
            {
                both[name] = value;
            }

            return nearer with
            {
                Value = both,
            };
        }

        return nearer;
    }

    /// <summary>All of the farther values, and the nearer ones over them.</summary>
    public static Dictionary<string, ConfigValue> Merge(
        IReadOnlyDictionary<string, ConfigValue> farther,
        IReadOnlyDictionary<string, ConfigValue> nearer
    )
    {
        var both = new Dictionary<string, ConfigValue>(farther, StringComparer.Ordinal);
        foreach (var (key, value) in nearer)
        {
            both[key] = Merge(key, both.GetValueOrDefault(key), value);
        }

        return both;
    }

    private static IEnumerable<object?> Items(object? value) => value as IEnumerable<object?> ?? [value];
}
