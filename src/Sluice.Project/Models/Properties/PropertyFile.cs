using Sluice.Core.Tables;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models.Properties;

/// <summary>Reads one <c>schema.yml</c>.</summary>
/// <param name="docs">Makes descriptions.</param>
/// <param name="into">Takes what is read.</param>
/// <param name="fixtures">The files of rows for unit tests, by name.</param>
/// <param name="problems">Told what is wrong.</param>
internal sealed class PropertyFile(
    DocBlocks docs,
    PropertySet into,
    IReadOnlyDictionary<string, string> fixtures,
    Problems problems
)
{
    // Of dbt's, but nothing that a run here would do differently.
    private static readonly string[] PassedOver =
    [
        "version",
        "macros",
        "analyses",
        "exposures",
        "groups",
        "metrics",
        "semantic_models",
        "saved_queries",
    ];

    // Said beside config before dbt put them below it.
    private static readonly string[] BesideConfig = ["tags", "meta"];

    private static readonly string[] OfNode =
    [
        "name",
        "description",
        "columns",
        "config",
        "data_tests",
        "tests",
        "meta",
        "tags",
        "docs",
        "access",
        "group",
        "constraints",
        "latest_version",
        "identifier",
        "quoting",
    ];

    public void Read(string path, string file)
    {
        // An editor's new file says nothing yet, and so does one whose lines are all comments.
        if (YamlFile.IsEmpty(path) || YamlFile.Read(path, file, problems) is not { } yaml)
        {
            return;
        }

        yaml.Allow([.. PassedOver, "models", "seeds", "sources", "unit_tests", "snapshots", "data_tests"]);
        if (yaml.Has("snapshots"))
        {
            yaml.Report(
                "snapshots",
                "snapshots are not run.",
                "Keep all copies of the source (meta: {copies: all}), and write the history as a model."
            );
        }

        foreach (var node in Maps(yaml, "models").Concat(Maps(yaml, "seeds")))
        {
            ReadNode(node);
        }

        foreach (var source in Maps(yaml, "sources"))
        {
            new SourceReader(docs, into, problems).Read(source);
        }

        foreach (var test in Maps(yaml, "unit_tests"))
        {
            if (new UnitTestReader(docs, fixtures, problems).Read(test) is { } read)
            {
                into.UnitTests.Add(read);
            }
        }
    }

    /// <summary>The maps of a list.</summary>
    public static IEnumerable<YamlMap> Maps(YamlMap map, string key) =>
        map.Items(key).Select(item => item.Map).OfType<YamlMap>();

    private void ReadNode(YamlMap node)
    {
        node.Allow([.. OfNode, "versions"]);
        if (node.Has("versions"))
        {
            node.Report("versions", "models have no versions here.", "Name the model by its file, and leave them out.");
        }

        if (node.RequiredText("name") is not { } name)
        {
            return;
        }

        if (into.Nodes.TryGetValue(name, out var other))
        {
            node.Report(
                "name",
                FormattableString.Invariant($"'{name}' is described twice, also in {other.File}, line {other.Line}.")
            );
            return;
        }

        var config = new Dictionary<string, ConfigValue>(StringComparer.Ordinal);
        foreach (var (key, line) in node.Map("config")?.Keys ?? [])
        {
            config[ConfigLayers.NameOf(key)] = new(node.Map("config")!.Value(key), node.File, line);
        }

        foreach (var key in BesideConfig.Where(node.Has))
        {
            config[key] = ConfigLayers.Merge(
                key,
                config.GetValueOrDefault(key),
                new(node.Value(key), node.File, node.Line)
            );
        }

        var table = TableId.Mart(name);
        into.Nodes[name] = new(NodeReader.Read(node, docs, problems), config, node.File, node.Line);
        into.Tests.AddRange(DataTestReader.Of(node, table, docs, problems));
    }
}
