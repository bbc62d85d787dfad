using Sluice.Core.Builds;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Planning;
using Sluice.Core.Projects;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Selection;

/// <summary>Compares models with those of a build, by their statements.</summary>
public static class ModelChanges
{
    /// <summary>How each model differs.</summary>
    /// <param name="project">The project.</param>
    /// <param name="scope">What templates can ask for.</param>
    /// <param name="build">The build; null has no models.</param>
    public static Func<ModelDefinition, ModelChange> Since(ProjectDefinition project, ModelScope scope, Build? build)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(scope);
        var inputs = new ModelInputs(project, scope.Interval, scope, new Dictionary<TableId, TableSnapshot>());
        return model =>
            build?.Models.GetValueOrDefault(model.Name) is not { } known ? ModelChange.New
            : known.Statement == ModelFingerprint.OfTexts(inputs.TextsOf(model)) ? ModelChange.None
            : ModelChange.Modified;
    }
}
