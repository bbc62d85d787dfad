using Sluice.Core.Builds;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models;

/// <summary>One run over the models: inputs pinned at its start, one commit per model, one build at its end.</summary>
/// <remarks>For one thread at a time. A run that stops half-way leaves commits that no build names, and so no reader sees.</remarks>
public sealed class ModelingRun
{
    private readonly ProjectDefinition _project;
    private readonly DataInterval _interval;
    private readonly ModelingPorts _ports;
    private readonly Build? _base;
    private readonly bool _fullRefresh;
    private readonly IReadOnlySet<string> _selected;
    private readonly Dictionary<TableId, TableSnapshot> _pinned = [];
    private readonly Dictionary<string, BuiltModel> _built = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _journeys = new(StringComparer.Ordinal);

    private ModelingRun(
        ModelingPorts ports,
        ProjectDefinition project,
        DataInterval interval,
        Build? baseBuild,
        bool fullRefresh,
        IReadOnlySet<string> selected
    )
    {
        _ports = ports;
        (_project, _interval, _base, _fullRefresh, _selected) = (project, interval, baseBuild, fullRefresh, selected);
    }

    /// <summary>Pins the newest version of every raw table the models read.</summary>
    /// <param name="ports">What the run works with.</param>
    /// <param name="project">The project.</param>
    /// <param name="interval">The interval to build.</param>
    /// <param name="fullRefresh">Build also what did not change.</param>
    /// <param name="selected">The models to build; the others are taken from the interval's newest build. Null means all.</param>
    /// <param name="cancellationToken">Stops the reading of logs.</param>
    /// <exception cref="PipelineException">A raw table has no copy for the interval, or a model that was not selected was never built.</exception>
    public static async Task<ModelingRun> StartAsync(
        ModelingPorts ports,
        ProjectDefinition project,
        DataInterval interval,
        bool fullRefresh = false,
        IReadOnlySet<string>? selected = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(project);
        var all = project.Models.Ordered;
        selected ??= all.Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        var baseBuild = await new BuildCatalog(ports.Builds).OfIntervalAsync(interval.Id, cancellationToken);
        var run = new ModelingRun(ports, project, interval, baseBuild, fullRefresh, selected);
        foreach (var table in ports.Store.List().Where(table => !table.IsMart))
        {
            run._pinned[table] = (await ports.Store.ReadAsync(table, cancellationToken: cancellationToken))!;
        }

        foreach (var model in all.Where(model => !run._selected.Contains(model.Name)))
        {
            await run.TakeOverAsync(model, cancellationToken);
        }

        foreach (
            var table in all.Where(model => run._selected.Contains(model.Name))
                .SelectMany(model => model.Sources)
                .Distinct()
        )
        {
            run.SourceOf(table);
        }

        return run;
    }

    /// <summary>Builds one model and commits it, or takes it over unchanged when nothing that goes into it changed.</summary>
    /// <exception cref="PipelineException">The statement failed, or the disk is full.</exception>
    public async Task<ModelOutcome> BuildAsync(ModelDefinition model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var statement = model.Render(new ModelScope(_interval, _ports.Engine.Name));
        var sources = model.Sources.Select(SourceOf).ToList();
        var refs = model.Refs.Select(name => _built[name]).ToList();
        var fingerprint = ModelFingerprint.Of(
            _ports.Engine.Name,
            statement,
            sources,
            refs.Select(built => built.Fingerprint)
        );
        var table = TableId.Mart(model.Name);
        if (await FindUnchangedAsync(table, model.Name, fingerprint, cancellationToken) is { } unchanged)
        {
            _built[model.Name] = new(unchanged, fingerprint, Unchanged: true);
            return new(AlreadyDone: true, unchanged.Rows, unchanged.Version);
        }

        await using var staging = await _ports.Store.StageAsync(table, cancellationToken: cancellationToken);
        var query = new SqlQuery(statement, [.. sources, .. refs.Select(built => built.AsRelation())])
        {
            Subject = $"model {model.Name} ({model.File})",
        };
        var result = await _ports.Engine.MaterializeAsync(query, staging.Folder, cancellationToken);
        var version = await _ports.Store.CommitAsync(
            table,
            new TableCommit
            {
                Interval = _interval,
                // Two runs at once may both land: each names its own version in its build.
                Token = TaskToken.Unfenced(TaskToken.ModelOf(_interval)),
                Replaces = ReplaceScope.Table,
                Schema = result.Schema,
                Files = result.Files,
                Partitioned = false,
            },
            cancellationToken
        );
        var snapshot = (await _ports.Store.ReadAsync(table, version, cancellationToken))!;
        _built[model.Name] = new(snapshot, fingerprint, Unchanged: false);
        return new(AlreadyDone: false, snapshot.Rows, version);
    }

    /// <summary>Builds the journeys index of an event table, or takes it over when the table did not change.</summary>
    /// <param name="table">The model.</param>
    /// <param name="progress">Told the number of events read; may be null.</param>
    /// <param name="cancellationToken">Stops the building.</param>
    /// <returns>What was done; the id is null where the table cannot have an index, and the note says why.</returns>
    /// <exception cref="PipelineException">A statement failed, a user has several rows, or the disk is full.</exception>
    public async Task<(string? Id, bool AlreadyDone, long? Events, string? Note)> IndexAsync(
        string table,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (_ports.Journeys is not { } journeys)
        {
            return (null, AlreadyDone: true, null, "no index: there is no place for it");
        }

        var (source, reason) = JourneySources.Of(_project, _built, table);
        if (source is null)
        {
            return (null, AlreadyDone: true, null, $"no index: {reason}");
        }

        var current = await new BuildCatalog(_ports.Builds).CurrentAsync(cancellationToken);
        var outcome = await new JourneyBuild(_ports.Engine, journeys.Columns, journeys.Store).RunAsync(
            source,
            current?.Journeys.GetValueOrDefault(table),
            progress,
            cancellationToken
        );
        _journeys[table] = outcome.Id;
        return (outcome.Id, outcome.AlreadyDone, outcome.Events, outcome.Note);
    }

    /// <summary>Publishes the build, unless it would be the one that is there.</summary>
    /// <param name="promote">Make it current even if a build of a newer interval is.</param>
    /// <param name="cancellationToken">Stops before the publication.</param>
    /// <returns>The build, and whether it was there before.</returns>
    public Task<(Build Build, bool AlreadyDone)> PublishAsync(
        bool promote,
        CancellationToken cancellationToken = default
    ) =>
        new BuildPublication(_ports, _project, _interval, _base, _fullRefresh).RunAsync(
            _pinned,
            _built,
            _journeys,
            promote,
            cancellationToken
        );

    private SqlRelation SourceOf(TableId table) =>
        SourceCopy.Select(
            table,
            _pinned.GetValueOrDefault(table),
            _interval,
            _project.IsImport(table.Schema),
            _project.TimeZone,
            _project.TablesOfAllCopies.Contains(table)
        );

    private async Task TakeOverAsync(ModelDefinition model, CancellationToken cancellationToken)
    {
        var table = TableId.Mart(model.Name);
        if (_base is null || !_base.Tables.ContainsKey(table))
        {
            throw new PipelineException(
                $"The model {model.Name} has not been built for {_interval.Ds} yet, and a build needs every model."
            )
            {
                Hint = $"Run 'sluice model --date {_interval.Ds}' once without names.",
            };
        }

        var snapshot = await BuildSnapshot.ReadAsync(_ports.Store, _base, table, cancellationToken);
        _built[model.Name] = new(snapshot, _base.Models[model.Name], Unchanged: true);
    }

    // A table that was deleted is built again, whatever the build file says.
    private async Task<TableSnapshot?> FindUnchangedAsync(
        TableId table,
        string model,
        string fingerprint,
        CancellationToken cancellationToken
    ) =>
        !_fullRefresh && _base?.Models.GetValueOrDefault(model) == fingerprint
            ? await BuildSnapshot.FindAsync(_ports.Store, _base, table, cancellationToken)
            : null;
}
