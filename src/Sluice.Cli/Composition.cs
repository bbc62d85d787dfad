using Sluice.Core.Builds;
using Sluice.Core.Funnels;
using Sluice.Core.Models;
using Sluice.Core.Pipelines;
using Sluice.Core.Projects;
using Sluice.Core.Scheduling;
using Sluice.DuckDb;
using Sluice.Lake;
using Sluice.Lake.Builds;
using Sluice.Lake.Delta;
using Sluice.Project;

namespace Sluice.Cli;

/// <summary>Puts the parts together for one project: the only place that knows all of them.</summary>
internal sealed class Composition
{
    private Composition(LoadedProject loaded, TimeProvider clock)
    {
        Project = loaded.Definition;
        Clock = clock;
        var state = Path.Combine(Project.Root, ".sluice");
        Ports = new ModelingPorts(
            new DeltaTableStore(state, clock),
            new FileBuildStore(state, Project.TimeZone),
            new DuckDbEngine(
                new DuckDbOptions
                {
                    Threads = loaded.Engine.Threads,
                    MemoryMiB = loaded.Engine.MemoryMiB ?? new DuckDbOptions().MemoryMiB,
                }
            ),
            clock
        );
        Builds = new BuildCatalog(Ports.Builds);
    }

    public ProjectDefinition Project { get; }

    public TimeProvider Clock { get; }

    public ModelingPorts Ports { get; }

    public BuildCatalog Builds { get; }

    public FunnelQuestion Funnels => new(Ports.Store, Ports.Engine, Project);

    /// <summary>Opens the project at or above a folder.</summary>
    /// <exception cref="Sluice.Core.DefinitionException">There is none, or it is wrong.</exception>
    public static Composition Open(string? folder) =>
        new(ProjectLoader.Load(ProjectLoader.FindRoot(folder ?? Directory.GetCurrentDirectory())), TimeProvider.System);

    public Pipeline Pipeline(IProgress<TaskEvent>? events) => new(Project, new SourceFactory(Clock), Ports, events);
}
