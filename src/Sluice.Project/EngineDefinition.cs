namespace Sluice.Project;

/// <summary>The section <c>engine</c> of <c>sluice.yaml</c>.</summary>
/// <param name="Threads">Threads of a statement; 0 means as many as the machine has cores.</param>
/// <param name="MemoryMiB">Memory of a statement in MiB; null means the engine's default.</param>
public sealed record EngineDefinition(int Threads, int? MemoryMiB);
