using Sluice.Core.Projects;

namespace Sluice.Project.Scheduling;

/// <summary>What the readers of DAGs know of the project around them.</summary>
/// <param name="Project">The project, its pools read and its DAGs not.</param>
/// <param name="ModelsAreKnown">Whether its models are all there: else what is wrong with them is told, and nobody asks for one.</param>
/// <param name="DagIds">The ids of all DAGs.</param>
internal sealed record DagScope(ProjectDefinition Project, bool ModelsAreKnown, IReadOnlyList<string> DagIds);
