using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Artifacts;

/// <summary>dbt's <c>unique_id</c> of what a project has.</summary>
/// <param name="project">The project.</param>
public sealed class ArtifactId(ProjectDefinition project)
{
    private const int HashLength = 10;

    /// <summary><c>model.shop.dim_user</c> or <c>seed.shop.countries</c>.</summary>
    public string Of(ModelDefinition model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return $"{(model.Seed is null ? "model" : "seed")}.{project.Name}.{model.Name}";
    }

    /// <summary>A model, a seed or <c>source.shop.app.users</c>.</summary>
    public string Of(TableId table) =>
        table.IsMart ? Of(project.Models.Get(table.Name)) : $"source.{project.Name}.{table.Schema}.{table.Name}";

    /// <summary><c>test.shop.unique_dim_user_user_id.0123456789</c>; a singular test has no hash.</summary>
    /// <remarks>The hash is of the name, the file and the arguments; dbt's own is of other texts.</remarks>
    public string Of(DataTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        var id = $"test.{project.Name}.{test.Name}";
        return test.Of is null ? id : $"{id}.{HashOf(test)}";
    }

    /// <summary><c>unit_test.shop.dim_user.keeps_the_newest</c>.</summary>
    public string Of(UnitTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        return $"unit_test.{project.Name}.{test.Model}.{test.Name}";
    }

    /// <summary>Everything that is read: models, seeds and raw tables.</summary>
    public IReadOnlyList<string> Of(IEnumerable<string> refs, IEnumerable<TableId> sources) =>
        [.. refs.Select(name => Of(TableId.Mart(name))).Concat(sources.Select(Of)).Distinct(StringComparer.Ordinal)];

    private static string HashOf(DataTest test) =>
        DbtDigest.Of(
            $"{test.Name}\n{test.File}\n{test.Of}\n{test.Column}\n{ArtifactJson.Of(test.Arguments).ToJsonString()}"
        )[^HashLength..];
}
