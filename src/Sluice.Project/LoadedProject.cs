using Sluice.Core.Projects;

namespace Sluice.Project;

/// <summary>A project that was read without problems.</summary>
/// <param name="Definition">What it defines.</param>
/// <param name="Engine">What its SQL engine may use.</param>
public sealed record LoadedProject(ProjectDefinition Definition, EngineDefinition Engine)
{
    /// <summary>The database that keeps the states of runs; null for the file <c>.sluice/state.db</c>.</summary>
    public StateDefinition? State { get; init; }

    /// <summary>The folders of its models, macros, seeds, tests and funnels, below its own.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];
}
