using Sluice.Core;
using Sluice.Project.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Project.Models;

/// <summary>Values of <c>var('…')</c>.</summary>
public static class ModelVariables
{
    /// <summary>Variables that each run has of itself.</summary>
    private static readonly string[] OfRun = ["ds", "data_interval_start", "data_interval_end"];

    /// <summary>Reads the argument of <c>--vars</c>: a map of YAML or JSON, <c>{country: de, days: 7}</c>, or <c>country: de</c>.</summary>
    /// <returns>Null, text, bool, long, double, lists and maps of these, by name.</returns>
    /// <exception cref="DefinitionException">It is no map, or names what is the run's own.</exception>
    public static IReadOnlyDictionary<string, object?> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (
                stream.Documents is [var document, ..]
                && YamlCycle.Find(document.RootNode) is null
                && YamlValues.Of(document.RootNode) is IReadOnlyDictionary<string, object?> variables
            )
            {
                return variables.Keys.FirstOrDefault(OfRun.Contains) is { } own
                    ? throw new DefinitionException(
                        $"--vars cannot set '{own}': it is that of the run, and no other value takes its place.",
                        "Choose the run's day with --date."
                    )
                    : variables;
            }
        }
        catch (Exception wrong) when (wrong is YamlException or InvalidOperationException)
        {
            // Said below, like any other text that is no map.
        }

        throw new DefinitionException(
            $"--vars '{text}' is no list of names with values.",
            "Write --vars \"{country: de, days: 7}\"."
        );
    }

    /// <summary>What holds: variables below the project's name over the others, and given ones over all.</summary>
    internal static Dictionary<string, object?> Of(
        IReadOnlyDictionary<string, object?> written,
        string project,
        IReadOnlyDictionary<string, object?>? given
    )
    {
        var values = new Dictionary<string, object?>(written, StringComparer.Ordinal);
        if (project.Length > 0 && written.GetValueOrDefault(project) is IReadOnlyDictionary<string, object?> own)
        {
            values.Remove(project);
            AddAll(own);
        }

        AddAll(given ?? new Dictionary<string, object?>(StringComparer.Ordinal));
        return values;

        void AddAll(IReadOnlyDictionary<string, object?> more)
        {
            foreach (var (name, value) in more)
            {
                values[name] = value;
            }
        }
    }
}
