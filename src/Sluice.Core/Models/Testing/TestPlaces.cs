using Sluice.Core.Projects;

namespace Sluice.Core.Models.Testing;

/// <summary>Decides when a data test runs: with its model, before the model's rows are committed, or once all models are built.</summary>
internal static class TestPlaces
{
    /// <summary>Whether the test reads a model that need not be built when its own one is.</summary>
    public static bool IsLate(DataTest test, ProjectDefinition project)
    {
        if (test.Of is not { IsMart: true } own)
        {
            return true;
        }

        var before = project.Models.UpstreamOf(own.Name);
        return test.Refs.Any(name => name != own.Name && !before.Contains(name));
    }

    /// <summary>All tests that run once all models are built.</summary>
    public static IReadOnlyList<DataTest> Late(ProjectDefinition project) =>
        [
            .. project.Models.Ordered.SelectMany(model => model.Tests).Where(test => IsLate(test, project)),
            .. project.OtherTests,
        ];
}
