using Sluice.Core;
using Sluice.Project.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Project.Models;

/// <summary>Reads the values of <c>--vars</c>: a map in YAML, of which JSON is a part.</summary>
public static class VariablesText
{
    /// <summary>The values by name; none for null.</summary>
    /// <exception cref="DefinitionException">The text is no map.</exception>
    public static IReadOnlyDictionary<string, object?> Parse(string? text)
    {
        if (text is null)
        {
            return new Dictionary<string, object?>(StringComparer.Ordinal);
        }

        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (
                yaml.Documents is [{ RootNode: YamlMappingNode map }]
                && YamlValues.Of(map) is IReadOnlyDictionary<string, object?> values
            )
            {
                return values;
            }
        }
        catch (YamlException)
        {
            // Said below, in words for a command line.
        }

        throw new DefinitionException(
            $"--vars '{text}' is no map of values.",
            "Write it as '{first_day: 2015-01-01, limit: 10}', with a space after each colon."
        );
    }
}
