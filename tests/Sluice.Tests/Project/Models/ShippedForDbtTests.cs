using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sluice.Tests.Project.Models;

/// <summary>
/// The folder of samples/ecommerce has nothing that dbt lacks. dbt was not run: what it has is from its documentation and Jinja's.
/// </summary>
public sealed partial class ShippedForDbtTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "ecommerce");

    private static readonly string[] Functions = ["config", "doc", "env_var", "is_incremental", "ref", "source", "var"];

    private static readonly string[] Statements =
    [
        "elif",
        "else",
        "endfor",
        "endif",
        "endmacro",
        "endset",
        "for",
        "if",
        "macro",
        "set",
    ];

    private static readonly string[] Filters = ["default", "join", "length", "lower", "replace", "trim", "upper"];

    // What a schema.yml may say, at any level.
    private static readonly string[] Keys =
    [
        "arguments",
        "columns",
        "config",
        "data_tests",
        "description",
        "expect",
        "field",
        "format",
        "freshness",
        "given",
        "input",
        "loaded_at_field",
        "macros",
        "meta",
        "model",
        "models",
        "name",
        "not_null",
        "overrides",
        "relationships",
        "rows",
        "severity",
        "sources",
        "tables",
        "to",
        "unique",
        "unit_tests",
        "values",
        "vars",
        "version",
        "where",
    ];

    // Below these come rows, names of variables and macros, and what a project says to itself.
    private static readonly string[] Free = ["macros", "meta", "rows", "vars"];

    private static readonly string[] ProjectKeys =
    [
        "config-version",
        "macro-paths",
        "model-paths",
        "name",
        "seed-paths",
        "test-paths",
        "vars",
        "version",
    ];

    [Fact]
    public void Templates_use_only_what_dbt_and_Jinja_document()
    {
        var texts = Files("*.sql").Concat(Files("*.yml")).Select(File.ReadAllText).ToList();
        var macros = texts
            .SelectMany(text => Macro().Matches(text).Select(match => match.Groups["name"].Value))
            .ToList();
        var inside = texts.SelectMany(text => Template().Matches(text).Select(match => match.Value)).ToList();

        Assert.NotEmpty(macros);
        Assert.Empty(Found(inside, Statement()).Except(Statements));
        Assert.Empty(Found(inside, Call()).Except([.. Functions, .. macros]));
        Assert.Empty(Found(inside, Filter()).Except(Filters));
    }

    [Fact]
    public void Files_of_properties_have_only_keys_that_dbt_documents()
    {
        var keys = Files("*.yml")
            .Where(file => Path.GetFileName(file) != "dbt_project.yml")
            .SelectMany(file => KeysOf(Read(file)))
            .Distinct()
            .ToList();

        Assert.Contains("unit_tests", keys);
        Assert.Empty(keys.Except(Keys));
        Assert.Empty(
            ((YamlMappingNode)Read(Path.Combine(Folder, "dbt_project.yml")))
                .Children.Keys.Select(key => key.ToString())
                .Except(ProjectKeys)
        );
    }

    [Fact]
    public void Every_source_says_where_dbt_finds_it()
    {
        var sources = Files("*.yml")
            .Select(file => (YamlMappingNode)Read(file))
            .Where(file => file.Children.ContainsKey("sources"))
            .SelectMany(file => (YamlSequenceNode)file["sources"])
            .ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.Contains("delta_scan", LocationOf(source), StringComparison.Ordinal));
        // A table that says something of its own must say this, too: dbt puts no two metas together.
        Assert.All(
            sources
                .SelectMany(source => (YamlSequenceNode)source["tables"])
                .Where(table => ((YamlMappingNode)table).Children.ContainsKey("meta")),
            table => Assert.Contains("delta_scan", LocationOf(table), StringComparison.Ordinal)
        );
    }

    private static string LocationOf(YamlNode node) => node["meta"]["external_location"].ToString();

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories);

    private static YamlNode Read(string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(file);
        yaml.Load(text);
        return yaml.Documents[0].RootNode;
    }

    private static IEnumerable<string> KeysOf(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => map.Children.SelectMany(pair =>
                Free.Contains(pair.Key.ToString())
                    ? [pair.Key.ToString()]
                    : KeysOf(pair.Value).Prepend(pair.Key.ToString())
            ),
            YamlSequenceNode list => list.Children.SelectMany(KeysOf),
            _ => [],
        };

    private static IEnumerable<string> Found(IEnumerable<string> texts, Regex pattern) =>
        texts.SelectMany(text => pattern.Matches(text).Select(match => match.Groups["name"].Value)).Distinct();

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Template();

    [GeneratedRegex(
        @"\{%-?\s*macro\s+(?<name>\w+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Macro();

    [GeneratedRegex(@"\{%-?\s*(?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Statement();

    // Not the text of an argument, and not the name that a macro gets.
    [GeneratedRegex(
        """(?<!macro\s)\b(?<name>\w+)\((?=(?:[^"']|"[^"]*"|'[^']*')*$)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Call();

    [GeneratedRegex(@"(?<!\|)\|\s*(?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Filter();
}
