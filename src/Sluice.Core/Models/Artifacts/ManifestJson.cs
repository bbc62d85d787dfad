using System.Text.Json.Nodes;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;

namespace Sluice.Core.Models.Artifacts;

/// <summary>dbt's <c>target/manifest.json</c>, version 12: all that a project has, and what reads what.</summary>
public static class ManifestJson
{
    /// <summary>Makes the document; every key is there, and what Sluice does not have is null or empty.</summary>
    /// <param name="project">The project.</param>
    /// <param name="scope">What templates are rendered with, where no statement is given.</param>
    /// <param name="run">The call of the command.</param>
    /// <param name="statements">The statements that ran, by the names of their models.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Write(
        ProjectDefinition project,
        ModelScope scope,
        ArtifactRun run,
        IReadOnlyDictionary<string, string>? statements = null
    )
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(run);
        var id = new ArtifactId(project);
        var nodes = new NodeJson(project, id, run.GeneratedAt);
        var (models, sources, unitTests) = (new JsonObject(), new JsonObject(), new JsonObject());
        var createdAt = ArtifactJson.Seconds(run.GeneratedAt);
        foreach (var model in project.Models.Ordered)
        {
            models[id.Of(model)] = model.Seed is null
                ? nodes.OfModel(model, statements?.GetValueOrDefault(model.Name) ?? Rendered(model.Render, scope))
                : nodes.OfSeed(model);
            foreach (var test in model.UnitTests)
            {
                unitTests[id.Of(test)] = UnitTestJson.Of(test, nodes, id, createdAt);
            }
        }

        foreach (var test in Tests(project))
        {
            models[id.Of(test)] = nodes.OfTest(test, Rendered(test.Render, scope));
        }

        foreach (var table in SourceJson.Tables(project))
        {
            sources[id.Of(table)] = SourceJson.Of(project, nodes, table, id.Of(table), createdAt);
        }

        return ArtifactJson.Bytes(Document(project, id, run, scope, (models, sources, unitTests)));
    }

    /// <summary>All data tests of a project.</summary>
    internal static IEnumerable<DataTest> Tests(ProjectDefinition project) =>
        project.Models.Ordered.SelectMany(model => model.Tests).Concat(project.OtherTests);

    /// <summary>The statement, or null where there is none to be had: the run itself says why.</summary>
    internal static string? Rendered(Func<ModelScope, string> render, ModelScope scope)
    {
        try
        {
            return render(scope);
        }
        catch (Exception failure) when (failure is DefinitionException or PipelineException)
        {
            return null;
        }
    }

    private static JsonObject Document(
        ProjectDefinition project,
        ArtifactId id,
        ArtifactRun run,
        ModelScope scope,
        (JsonObject Nodes, JsonObject Sources, JsonObject UnitTests) found
    )
    {
        var metadata = ArtifactJson.Metadata("manifest/v12", run);
        metadata["project_name"] = project.Name;
        metadata["project_id"] = DbtDigest.Of(project.Name);
        metadata["user_id"] = null;
        metadata["send_anonymous_usage_stats"] = false;
        metadata["adapter_type"] = scope.TargetType;
        var (parents, children) = Edges(project, id, found);
        return new()
        {
            ["metadata"] = metadata,
            ["nodes"] = found.Nodes,
            ["sources"] = found.Sources,
            ["macros"] = new JsonObject(),
            ["docs"] = new JsonObject(),
            ["exposures"] = new JsonObject(),
            ["metrics"] = new JsonObject(),
            ["groups"] = new JsonObject(),
            ["selectors"] = new JsonObject(),
            ["disabled"] = new JsonObject(),
            ["parent_map"] = parents,
            ["child_map"] = children,
            ["group_map"] = new JsonObject(),
            ["saved_queries"] = new JsonObject(),
            ["semantic_models"] = new JsonObject(),
            ["unit_tests"] = found.UnitTests,
        };
    }

    private static (JsonObject Parents, JsonObject Children) Edges(
        ProjectDefinition project,
        ArtifactId id,
        (JsonObject Nodes, JsonObject Sources, JsonObject UnitTests) found
    )
    {
        var parents = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var model in project.Models.Ordered)
        {
            parents[id.Of(model)] = id.Of(model.Refs, model.Sources);
            foreach (var test in model.UnitTests)
            {
                parents[id.Of(test)] = [id.Of(model)];
            }
        }

        foreach (var test in Tests(project))
        {
            parents[id.Of(test)] = id.Of(test.Refs, test.Sources);
        }

        var all = found.Nodes.Concat(found.Sources).Concat(found.UnitTests).Select(node => node.Key).ToList();
        var children = parents
            .SelectMany(node => node.Value.Select(parent => (Parent: parent, Child: node.Key)))
            .ToLookup(edge => edge.Parent, edge => edge.Child, StringComparer.Ordinal);
        return (Map(all, key => parents.GetValueOrDefault(key) ?? []), Map(all, key => children[key]));
    }

    private static JsonObject Map(IEnumerable<string> keys, Func<string, IEnumerable<string>> of)
    {
        var map = new JsonObject();
        foreach (var key in keys)
        {
            map[key] = ArtifactJson.Texts(of(key).Order(StringComparer.Ordinal));
        }

        return map;
    }
}
