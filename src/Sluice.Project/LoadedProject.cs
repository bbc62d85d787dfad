using Sluice.Core.Projects;

namespace Sluice.Project;

/// <summary>A project that was read without problems.</summary>
/// <param name="Definition">What it defines.</param>
/// <param name="Engine">What its SQL engine may use.</param>
public sealed record LoadedProject(ProjectDefinition Definition, EngineDefinition Engine);
