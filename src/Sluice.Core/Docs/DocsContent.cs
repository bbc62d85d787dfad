using Sluice.Core.Builds;
using Sluice.Core.Models;
using Sluice.Core.Models.Artifacts;
using Sluice.Core.Projects;
using Sluice.Core.Tables;

namespace Sluice.Core.Docs;

/// <summary>All that the documentation of a project is made from.</summary>
/// <param name="Project">The project.</param>
/// <param name="Scope">What templates are rendered with.</param>
/// <param name="Now">When the page is written.</param>
public sealed record DocsContent(ProjectDefinition Project, ModelScope Scope, DateTimeOffset Now)
{
    /// <summary>The current build; null where nothing is published yet.</summary>
    public Build? Build { get; init; }

    /// <summary>What the models' tables are in that build, and the raw tables as last loaded.</summary>
    public IReadOnlyDictionary<TableId, TableSnapshot> Tables { get; init; } = new Dictionary<TableId, TableSnapshot>();

    /// <summary>How the last run ended; null where none is known.</summary>
    public RunResults? LastRun { get; init; }
}
