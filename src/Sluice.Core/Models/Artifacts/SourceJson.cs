using System.Text.Json.Nodes;
using Sluice.Core.Models.Properties;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Artifacts;

/// <summary>The raw tables of a project as the sources of a manifest.</summary>
internal static class SourceJson
{
    private static readonly SourceProperties Nothing = new(default, NodeProperties.None);

    /// <summary>Every raw table that is loaded, described or read, in order.</summary>
    public static IReadOnlyList<TableId> Tables(ProjectDefinition project) =>
        [
            .. project
                .Sources.SelectMany(source => source.Tables.Select(table => TableId.Raw(source.Name, table.Name)))
                .Concat(project.SourceProperties.Select(source => source.Table))
                .Concat(project.Models.Ordered.SelectMany(model => model.Sources))
                .Concat(project.OtherTests.SelectMany(test => test.Sources))
                .Distinct()
                .Order(),
        ];

    public static JsonObject Of(
        ProjectDefinition project,
        NodeJson nodes,
        TableId table,
        string uniqueId,
        double createdAt
    )
    {
        var properties = project.SourceProperties.FirstOrDefault(source => source.Table == table) ?? Nothing;
        var node = nodes.Base("source", table.Name, properties.Node.File ?? "sluice.yaml", uniqueId);
        node["schema"] = table.Schema;
        node["fqn"] = ArtifactJson.Texts([project.Name, table.Schema, table.Name]);
        node["source_name"] = table.Schema;
        node["source_description"] = properties.SourceDescription;
        node["loader"] = "sluice";
        node["identifier"] = table.Name;
        node["quoting"] = new JsonObject
        {
            ["database"] = null,
            ["schema"] = null,
            ["identifier"] = null,
            ["column"] = null,
        };
        node["loaded_at_field"] = properties.Freshness?.LoadedAtField;
        node["freshness"] = properties.Freshness is { } freshness
            ? new JsonObject
            {
                ["warn_after"] = After(freshness.WarnAfter),
                ["error_after"] = After(freshness.ErrorAfter),
                ["filter"] = freshness.Filter,
            }
            : null;
        node["external"] = null;
        node["description"] = properties.Node.Description;
        node["columns"] = ArtifactJson.Columns(properties.Node);
        node["meta"] = ArtifactJson.Of(properties.Node.Meta);
        node["source_meta"] = new JsonObject();
        node["tags"] = ArtifactJson.Texts(properties.Node.Tags);
        node["config"] = new JsonObject { ["enabled"] = true };
        node["patch_path"] = null;
        node["unrendered_config"] = new JsonObject();
        node["relation_name"] = SqlIdentifier.Quote(table);
        node["created_at"] = createdAt;
        return node;
    }

    // In the largest of dbt's three units that says it exactly.
    private static JsonObject After(TimeSpan? age)
    {
        (long? Count, string? Period) after = age switch
        {
            null => (null, null),
            { } span when span.Ticks % TimeSpan.TicksPerDay == 0 => (span.Ticks / TimeSpan.TicksPerDay, "day"),
            { } span when span.Ticks % TimeSpan.TicksPerHour == 0 => (span.Ticks / TimeSpan.TicksPerHour, "hour"),
            { } span => (span.Ticks / TimeSpan.TicksPerMinute, "minute"),
        };
        return new() { ["count"] = after.Count, ["period"] = after.Period };
    }
}
