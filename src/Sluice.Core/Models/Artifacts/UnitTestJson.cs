using System.Text.Json.Nodes;
using Sluice.Core.Models.Testing;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Artifacts;

/// <summary>The unit tests of a manifest.</summary>
internal static class UnitTestJson
{
    public static JsonObject Of(UnitTest test, NodeJson nodes, ArtifactId id, double createdAt)
    {
        var node = nodes.Base("unit_test", test.Name, test.File, id.Of(test));
        node.Remove("database");
        node["model"] = test.Model;
        node["given"] = new JsonArray([.. test.Given.Select(input => (JsonNode?)Given(test, input))]);
        node["expect"] = Rows(test.Expect);
        node["description"] = test.Description;
        node["overrides"] = new JsonObject
        {
            ["macros"] = test.IsIncremental ? new JsonObject { ["is_incremental"] = true } : new JsonObject(),
            ["vars"] = ArtifactJson.Of(test.Variables),
            ["env_vars"] = ArtifactJson.Of(
                test.Environment.ToDictionary(pair => pair.Key, pair => (object?)pair.Value, StringComparer.Ordinal)
            ),
        };
        node["depends_on"] = ArtifactJson.DependsOn([id.Of(TableId.Mart(test.Model))]);
        node["config"] = new JsonObject
        {
            ["tags"] = ArtifactJson.Texts(test.Tags),
            ["meta"] = new JsonObject(),
            ["enabled"] = true,
        };
        node["checksum"] = null;
        node["created_at"] = createdAt;
        node["versions"] = null;
        node["version"] = null;
        return node;
    }

    private static JsonObject Given(UnitTest test, UnitInput input)
    {
        var rows = Rows(input.Rows);
        rows["input"] =
            !input.Table.IsMart ? $"source('{input.Table.Schema}', '{input.Table.Name}')"
            : input.Table.Name == test.Model ? "this"
            : $"ref('{input.Table.Name}')";
        return rows;
    }

    private static JsonObject Rows(UnitRows rows) =>
        new()
        {
            ["rows"] = rows.Sql is { } sql
                ? sql
                : new JsonArray([.. rows.Rows.Select(row => (JsonNode?)ArtifactJson.Of(row))]),
            ["format"] = rows.Sql is null ? "dict" : "sql",
            ["fixture"] = null,
        };
}
