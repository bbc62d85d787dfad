using System.Globalization;
using Sluice.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Project.Yaml;

/// <summary>A map of a YAML file, read key by key; what is wrong is noted with its line and read as absent.</summary>
internal sealed class YamlMap(YamlMappingNode node, string file, Problems problems)
{
    private Dictionary<string, KeyValuePair<YamlNode, YamlNode>>? _byKey;

    /// <summary>A map without keys, for a file that could not be read.</summary>
    public static YamlMap Empty(string file, Problems problems) => new(new YamlMappingNode(), file, problems);

    /// <summary>How messages call the file.</summary>
    public string File => file;

    /// <summary>The line of the map, 1-based.</summary>
    public int Line => LineOf(node);

    /// <summary>Its keys in the order written, with the line of each.</summary>
    public IEnumerable<(string Key, int Line)> Keys => node.Children.Keys.Select(key => (key.ToString(), LineOf(key)));

    /// <summary>Notes a problem on the line of a key, or of the map.</summary>
    public void Report(string? key, string message, string? hint = null) =>
        problems.Add(file, key is null ? Line : LineOf(Find(key)?.Key ?? node), message, hint);

    /// <summary>Notes a problem on a line of the text of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="line">The line in the text, 1-based; it is found where the text is written line by line, after a |.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">What to write instead.</param>
    public void ReportIn(string key, int line, string message, string? hint = null) =>
        problems.Add(
            file,
            Find(key)?.Value is YamlScalarNode { Style: ScalarStyle.Literal } text
                ? LineOf(text) + line
                : LineOf(Find(key)?.Key ?? node),
            message,
            hint
        );

    /// <summary>Notes a problem on the line of an item, or of the map.</summary>
    public void ReportAt(YamlItem? item, string message, string? hint = null) =>
        problems.Add(file, item?.Line ?? Line, message, hint);

    /// <summary>Notes every key that is not among those known here.</summary>
    public void Allow(params string[] known)
    {
        foreach (var (key, line) in Keys.Where(key => !known.Contains(key.Key, StringComparer.Ordinal)))
        {
            problems.Add(file, line, $"the key '{key}' is not known here.", Nearest.Suggest(key, known));
        }
    }

    public bool Has(string key) => Find(key) is not null;

    /// <summary>The text of a key; null where it is absent or empty.</summary>
    public string? Text(string key)
    {
        switch (Find(key)?.Value)
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return IsNothing(scalar) ? null : scalar.Value;
            default:
                Report(key, $"'{key}' takes a single value.");
                return null;
        }
    }

    public string? RequiredText(string key)
    {
        if (Text(key) is { } text)
        {
            return text;
        }

        // A value of another kind has been reported as such.
        if (Find(key)?.Value is null or YamlScalarNode)
        {
            Report(Has(key) ? key : null, $"'{key}' is missing.");
        }

        return null;
    }

    public int Number(string key, int fallback, int min, int max)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= min
            && value <= max
        )
        {
            return value;
        }

        Report(key, string.Create(CultureInfo.InvariantCulture, $"'{key}' is a whole number from {min} to {max}."));
        return fallback;
    }

    /// <summary>A whole number of any size.</summary>
    public long LongNumber(string key, long min, long max)
    {
        if (
            long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= min
            && value <= max
        )
        {
            return value;
        }

        Report(key, string.Create(CultureInfo.InvariantCulture, $"'{key}' is a whole number from {min} on."));
        return min;
    }

    /// <summary>True or false, as YAML 1.2 writes them.</summary>
    public bool Flag(string key, bool fallback)
    {
        switch (Text(key))
        {
            case null:
                return fallback;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Report(key, $"'{key}' is true or false.");
                return fallback;
        }
    }

    /// <summary>A duration above zero, or from zero on; null where it is absent.</summary>
    public TimeSpan? Duration(string key, bool orZero = false)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (DurationText.Parse(text) is { } span && (orZero || span > TimeSpan.Zero))
        {
            return span;
        }

        Report(key, $"'{text}' is no duration.", "Write it as 30s, 5m, 12h or 400d.");
        return null;
    }

    /// <summary>One of the names of an enumeration, written with small letters and _.</summary>
    public T Choice<T>(string key, T fallback)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        var names = Enum.GetNames<T>().Select(Name).ToList();
        if (names.IndexOf(text) is >= 0 and var at)
        {
            return Enum.GetValues<T>()[at];
        }

        Report(key, $"'{text}' is not known for '{key}'.", $"It is one of: {string.Join(", ", names)}.");
        return fallback;
    }

    /// <summary>The map under a key; null where it is absent or empty.</summary>
    public YamlMap? Map(string key)
    {
        switch (Find(key)?.Value)
        {
            case YamlMappingNode map:
                return new YamlMap(map, file, problems);
            case null:
            case YamlScalarNode scalar when IsNothing(scalar):
                return null;
            default:
                Report(key, $"'{key}' takes keys of its own.");
                return null;
        }
    }

    /// <summary>The value of a key, whatever it is; null where it is absent or empty.</summary>
    public object? Value(string key) => Find(key) is { } found ? YamlValues.Of(found.Value) : null;

    /// <summary>Whether a key has keys of its own.</summary>
    public bool IsMap(string key) => Find(key)?.Value is YamlMappingNode;

    /// <summary>The items under a key: those of a list, or the single value itself; each is a text, a map or a list.</summary>
    public IEnumerable<YamlItem> Items(string key) =>
        Find(key)?.Value switch
        {
            null => [],
            YamlSequenceNode list => list.Children.Select(Item),
            var single => [Item(single)],
        };

    private YamlItem Item(YamlNode item) =>
        item switch
        {
            YamlScalarNode scalar => new(IsNothing(scalar) ? "" : scalar.Value, null, LineOf(item)),
            YamlMappingNode map => new(null, new YamlMap(map, file, problems), LineOf(item)),
            YamlSequenceNode list => new(null, null, LineOf(item)) { List = [.. list.Children.Select(Item)] },
            _ => new("", null, LineOf(item)),
        };

    private KeyValuePair<YamlNode, YamlNode>? Find(string key)
    {
        if (_byKey is null)
        {
            _byKey = new(StringComparer.Ordinal);
            foreach (var child in node.Children)
            {
                if (child.Key is YamlScalarNode { Value: { } name })
                {
                    _byKey.TryAdd(name, child);
                }
            }
        }

        return _byKey.TryGetValue(key, out var found) ? found : null;
    }

    // LastEnded is written last_ended.
    private static string Name(string name) =>
        string.Concat(
            name.Select(
                (c, at) => char.IsUpper(c) && at > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"
            )
        );

    // What YAML reads as null, and an empty text.
    private static bool IsNothing(YamlScalarNode scalar) =>
        string.IsNullOrEmpty(scalar.Value)
        || (scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null" or "Null" or "NULL");

    private static int LineOf(YamlNode at) => (int)at.Start.Line;
}
