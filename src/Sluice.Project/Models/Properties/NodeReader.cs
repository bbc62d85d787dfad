using Sluice.Core.Models.Properties;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models.Properties;

/// <summary>Reads what is said for people: descriptions, columns, tags, meta.</summary>
internal static class NodeReader
{
    private static readonly string[] OfColumn =
    [
        "name",
        "description",
        "data_type",
        "data_tests",
        "tests",
        "meta",
        "tags",
        "quote",
        "config",
        "constraints",
        "policy_tags",
    ];

    public static NodeProperties Read(YamlMap node, DocBlocks docs, Problems problems) =>
        new()
        {
            Description = Description(node, docs, problems),
            File = node.File,
            Columns =
            [
                .. from column in PropertyFile.Maps(node, "columns")
                let read = Column(column, docs, problems)
                where read is not null
                select read,
            ],
            Tags = Names(node, "tags"),
            Meta = Meta(node),
        };

    /// <summary>The description with its doc blocks; empty where there is none.</summary>
    public static string Description(YamlMap node, DocBlocks docs, Problems problems) =>
        node.Text("description") is { } text ? docs.Render(text, node.File, node.Line, problems).Trim() : "";

    /// <summary>A text or a list of texts.</summary>
    public static IReadOnlyList<string> Names(YamlMap node, string key) =>
        [.. node.Items(key).Select(item => item.Text).OfType<string>().Where(text => text.Length > 0)];

    /// <summary>What the user keeps there; also below <c>config</c>.</summary>
    public static IReadOnlyDictionary<string, object?> Meta(YamlMap node) =>
        node.Value("meta") as IReadOnlyDictionary<string, object?>
        ?? node.Map("config")?.Value("meta") as IReadOnlyDictionary<string, object?>
        ?? new Dictionary<string, object?>(StringComparer.Ordinal);

    private static ColumnProperties? Column(YamlMap column, DocBlocks docs, Problems problems)
    {
        column.Allow(OfColumn);
        return column.RequiredText("name") is { } name
            ? new(name, Description(column, docs, problems))
            {
                DataType = column.Text("data_type"),
                Tags = Names(column, "tags"),
                Meta = Meta(column),
            }
            : null;
    }
}
