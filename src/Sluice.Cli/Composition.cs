using Sluice.Cli.Scheduling;
using Sluice.Core.Builds;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Models.Building;
using Sluice.Core.Pipelines;
using Sluice.Core.Projects;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Sql;
using Sluice.DuckDb;
using Sluice.Lake;
using Sluice.Lake.Builds;
using Sluice.Lake.Delta;
using Sluice.Lake.Files;
using Sluice.Lake.Journeys;
using Sluice.Lake.Modeling;
using Sluice.Lake.Upkeep;
using Sluice.Project;
using Sluice.State.PostgreSql;
using Sluice.State.Sqlite;

namespace Sluice.Cli;

/// <summary>Puts the parts together for one project: the only place that knows all of them.</summary>
internal sealed class Composition
{
    private readonly StateDefinition? _state;
    private readonly IReadOnlyList<string> _folders;

    private Composition(LoadedProject loaded, TimeProvider clock)
    {
        (Project, _state, _folders) = (loaded.Definition, loaded.State, loaded.Folders);
        Dags = new DagSet(Project.Dags);
        Clock = clock;
        var state = Path.Combine(Project.Root, ".sluice");
        var engine = new DuckDbEngine(
            new DuckDbOptions
            {
                Threads = loaded.Engine.Threads,
                MemoryMiB = loaded.Engine.MemoryMiB ?? new DuckDbOptions().MemoryMiB,
                Files = new ChecksumCheck(),
            }
        );
        Ports = new ModelingPorts(
            new DeltaTableStore(state, clock),
            new FileBuildStore(state, Project.TimeZone),
            engine,
            clock
        )
        {
            Journals = new FileModelingJournals(state, Project.TimeZone),
            Journeys = new(new FileJourneyStore(state), engine),
            Failures = new TestFailureFolder(state),
        };
        Builds = new BuildCatalog(Ports.Builds);
        Running = new RunningExtracts(state);
        Upkeep = new LakeUpkeep(state, clock);
        Target = new ArtifactFolder(Path.Combine(Project.Root, "target"));
    }

    public ProjectDefinition Project { get; }

    public TimeProvider Clock { get; }

    public ModelingPorts Ports { get; }

    public BuildCatalog Builds { get; }

    public RunningExtracts Running { get; }

    public LakeUpkeep Upkeep { get; }

    /// <summary>Where dbt's artifacts go.</summary>
    public ArtifactFolder Target { get; }

    /// <summary>The DAGs.</summary>
    public DagSet Dags { get; }

    /// <summary>Those, and what is kept of others.</summary>
    public KeptDags KeptDags => new(Dags, Project.TimeZone);

    /// <summary>What tries of tasks wrote.</summary>
    public TaskLogs Logs => new(Path.Combine(Project.Root, ".sluice", "logs"));

    public BuildSource Sources => new(Ports.Store, Project);

    /// <summary>Opens the project at or above a folder.</summary>
    /// <exception cref="Sluice.Core.DefinitionException">There is none, or it is wrong.</exception>
    public static Composition Open(string? folder, IReadOnlyDictionary<string, object?>? variables = null) =>
        new(ProjectLoader.Load(RootOf(folder), variables), TimeProvider.System);

    /// <summary>Opens the project of a folder, and of none above it.</summary>
    /// <exception cref="Sluice.Core.DefinitionException">It is wrong.</exception>
    public static Composition OpenRoot(string root) => new(ProjectLoader.Load(root), TimeProvider.System);

    /// <summary>The same to ask funnels: it has no models, and those of its funnels that can be read.</summary>
    /// <exception cref="Sluice.Core.DefinitionException">There is none, or its <c>sluice.yaml</c> is wrong.</exception>
    public static Composition OpenForFunnels(string? folder) =>
        new(ProjectLoader.LoadForFunnels(RootOf(folder)), TimeProvider.System);

    /// <summary>An engine for what lies in no project.</summary>
    public static ISqlEngine EngineWithoutProject() => new DuckDbEngine(new DuckDbOptions());

    /// <summary>Whether it keeps its runs in the same database as another.</summary>
    public bool KeepsRunsWhere(Composition other) => Equals(_state?.Connection, other._state?.Connection);

    /// <summary>What the files of the project look like now, from outside.</summary>
    public string Stamp() => ProjectStamp.Of(Project.Root, _folders);

    /// <summary>The greatest fencing token that the lake has seen: a scheduler draws above it.</summary>
    public Task<long> GreatestTokenAsync(CancellationToken cancellationToken) =>
        LakeTokens.GreatestAsync(Ports.Store, Ports.Builds, Ports.Journals, cancellationToken);

    private static string RootOf(string? folder) => ProjectLoader.FindRoot(folder ?? Directory.GetCurrentDirectory());

    public Pipeline Pipeline(IProgress<TaskEvent>? events) =>
        new(Project, new(new SourceFactory(Clock), File.Exists), Ports, events);

    /// <summary>Opens the store of runs, and makes it where there is none.</summary>
    /// <exception cref="Sluice.Core.PipelineException">It cannot be used.</exception>
    /// <exception cref="Sluice.Core.DefinitionException">A secret of its address is missing.</exception>
    public IRunStore OpenRuns() =>
        _state is null ? SqliteRunStore.Open(Path.Combine(Project.Root, ".sluice", "state.db"), Clock)
        : _state.Connection is { } server ? PostgreSqlRunStore.Open(server, Clock)
        : throw new Core.DefinitionException(
            string.Join(' ', _state.MissingSecrets),
            "It is part of 'state' in sluice.yaml."
        );

    /// <summary>Lets the runs that this process does be kept in that store.</summary>
    public RunKeeping KeepRuns() => new(OpenRuns, WorkerId.Own, WorkerId.IsGone);
}
