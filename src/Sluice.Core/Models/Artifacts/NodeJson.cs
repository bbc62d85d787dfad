using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Artifacts;

/// <summary>The nodes of a manifest: models, seeds and data tests.</summary>
/// <param name="project">The project.</param>
/// <param name="id">Names them.</param>
/// <param name="createdAt">When the manifest is made.</param>
internal sealed class NodeJson(ProjectDefinition project, ArtifactId id, DateTimeOffset createdAt)
{
    public JsonObject OfModel(ModelDefinition model, string? statement)
    {
        var isTable = model.Config.Materialized != Materialization.Ephemeral;
        var node = Base("model", model.Name, model.File, id.Of(model));
        node["alias"] = model.Config.Alias ?? model.Name;
        node["checksum"] = ArtifactJson.Checksum("sha256", Digest(model.RawSql));
        node["config"] = ConfigJson.OfModel(model);
        AddResource(node, model, isTable);
        AddCompiled(node, model.RawSql, statement, id.Of(model.Refs, model.Sources), model.Refs, model.Sources);
        node["access"] = "protected";
        node["constraints"] = new JsonArray();
        node["version"] = null;
        node["latest_version"] = null;
        node["deprecation_date"] = null;
        node["primary_key"] = ArtifactJson.Texts(model.Config.UniqueKey);
        node["time_spine"] = null;
        return node;
    }

    public JsonObject OfSeed(ModelDefinition model)
    {
        var node = Base("seed", model.Name, model.File, id.Of(model));
        node["alias"] = model.Config.Alias ?? model.Name;
        node["checksum"] = ArtifactJson.Checksum("sha256", model.Seed!.Digest);
        node["config"] = ConfigJson.OfSeed(model);
        AddResource(node, model, isTable: true);
        node["raw_code"] = "";
        node["root_path"] = project.Root;
        node["depends_on"] = new JsonObject { ["macros"] = new JsonArray() };
        return node;
    }

    public JsonObject OfTest(DataTest test, string? statement)
    {
        var node = Base("test", test.Name, test.File, id.Of(test));
        node["alias"] = test.Name;
        node["checksum"] = ArtifactJson.Checksum("none", "");
        node["config"] = ConfigJson.OfTest(test);
        AddDescribed(node, test.Description, test.Tags, null, new JsonObject(), new JsonObject());
        node["relation_name"] = null;
        // What dbt writes of a generic test: the call, whose arguments stand in test_metadata.
        var raw = test.Of is null ? test.RawSql : $"{{{{ test_{test.Kind}(**_dbt_generic_test_kwargs) }}}}";
        AddCompiled(node, raw, statement, id.Of(test.Refs, test.Sources), test.Refs, test.Sources);
        if (test.Of is { } table)
        {
            node["test_metadata"] = new JsonObject
            {
                ["name"] = test.Kind,
                ["kwargs"] = ArtifactJson.Of(KeywordsOf(test, table)),
                ["namespace"] = null,
            };
            node["column_name"] = test.Column;
            node["file_key_name"] = table.IsMart ? $"models.{table.Name}" : $"sources.{table.Schema}.{table.Name}";
            node["attached_node"] = id.Of(table);
        }

        return node;
    }

    private static Dictionary<string, object?> KeywordsOf(DataTest test, TableId table)
    {
        var relation = table.IsMart ? $"ref('{table.Name}')" : $"source('{table.Schema}', '{table.Name}')";
        var keywords = new Dictionary<string, object?>(test.Arguments, StringComparer.Ordinal)
        {
            ["model"] = $"{{{{ get_where_subquery({relation}) }}}}",
        };
        if (test.Column is { } column)
        {
            keywords.TryAdd("column_name", column);
        }

        return keywords;
    }

    /// <summary>What every thing of a manifest begins with.</summary>
    public JsonObject Base(string type, string name, string file, string uniqueId)
    {
        var parts = file.Split('/');
        return new()
        {
            ["database"] = null,
            ["schema"] = TableId.MartsSchema,
            ["name"] = name,
            ["resource_type"] = type,
            ["package_name"] = project.Name,
            ["path"] = parts.Length > 1 ? string.Join('/', parts[1..]) : file,
            ["original_file_path"] = file,
            ["unique_id"] = uniqueId,
            ["fqn"] = ArtifactJson.Texts([project.Name, .. parts.Skip(1).SkipLast(1), name]),
        };
    }

    private void AddResource(JsonObject node, ModelDefinition model, bool isTable)
    {
        AddDescribed(
            node,
            model.Properties.Description,
            model.Config.Tags,
            model.Properties.File,
            ArtifactJson.Columns(model.Properties),
            ArtifactJson.Of(model.Config.Meta.Count > 0 ? model.Config.Meta : model.Properties.Meta)
        );
        node["relation_name"] = isTable ? SqlIdentifier.Quote(TableId.Mart(model.Name)) : null;
    }

    private void AddDescribed(
        JsonObject node,
        string description,
        IEnumerable<string> tags,
        string? patch,
        JsonObject columns,
        JsonObject meta
    )
    {
        node["tags"] = ArtifactJson.Texts(tags);
        node["description"] = description;
        node["columns"] = columns;
        node["meta"] = meta;
        node["group"] = null;
        node["docs"] = new JsonObject { ["show"] = true, ["node_color"] = null };
        node["patch_path"] = patch is null ? null : $"{project.Name}://{patch}";
        node["build_path"] = null;
        node["unrendered_config"] = new JsonObject();
        node["created_at"] = ArtifactJson.Seconds(createdAt);
    }

    private static void AddCompiled(
        JsonObject node,
        string raw,
        string? statement,
        IEnumerable<string> reads,
        IEnumerable<string> refs,
        IEnumerable<TableId> sources
    )
    {
        node["raw_code"] = raw;
        node["language"] = "sql";
        node["refs"] = ArtifactJson.Refs(refs);
        node["sources"] = ArtifactJson.Sources(sources);
        node["metrics"] = new JsonArray();
        node["depends_on"] = ArtifactJson.DependsOn(reads);
        node["compiled_path"] = null;
        node["compiled"] = statement is not null;
        node["compiled_code"] = statement;
        node["extra_ctes_injected"] = statement is not null;
        node["extra_ctes"] = new JsonArray();
        node["contract"] = new JsonObject
        {
            ["enforced"] = false,
            ["alias_types"] = true,
            ["checksum"] = null,
        };
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
