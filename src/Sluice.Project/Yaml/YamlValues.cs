using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Project.Yaml;

/// <summary>YAML as values, with the types that dbt's reader gives to plain scalars (YAML 1.1); a date stays a text.</summary>
internal static partial class YamlValues
{
    private static readonly string[] True = ["true", "yes", "on"];
    private static readonly string[] False = ["false", "no", "off"];

    /// <summary>Null, text, bool, long, double, a list or a map of these.</summary>
    public static object? Of(YamlNode node)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                return Of(scalar);
            case YamlSequenceNode list:
                return list.Children.Select(Of).ToList();
            case YamlMappingNode map:
                var values = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var (key, value) in map.Children)
                {
                    values[key.ToString()] = Of(value);
                }

                return values;
            default:
                return null;
        }
    }

    private static object? Of(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
        {
            return text;
        }

        if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            return null;
        }

        if (IsCased(text, True) || IsCased(text, False))
        {
            return IsCased(text, True);
        }

        if (
            Whole().IsMatch(text)
            && long.TryParse(
                text.Replace("_", "", StringComparison.Ordinal),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var whole
            )
        )
        {
            return whole;
        }

        return Real().IsMatch(text)
            ? double.Parse(
                text.Replace("_", "", StringComparison.Ordinal),
                NumberStyles.Float,
                CultureInfo.InvariantCulture
            )
            : text;
    }

    // true, True and TRUE, but not tRUE.
    private static bool IsCased(string text, string[] words) =>
        words.Contains(text.ToLowerInvariant(), StringComparer.Ordinal)
        && (
            text.All(char.IsLower)
            || text.All(char.IsUpper)
            || (char.IsUpper(text[0]) && text.Skip(1).All(char.IsLower))
        );

    // Not 017, which YAML 1.1 reads as 15.
    [GeneratedRegex(@"\A[-+]?(0|[1-9][0-9_]*)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"\A[-+]?([0-9][0-9_]*)?\.[0-9][0-9_]*([eE][-+][0-9]+)?\z|\A[-+]?[0-9][0-9_]*\.([eE][-+][0-9]+)?\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Real();
}
