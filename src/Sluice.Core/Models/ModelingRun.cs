using Sluice.Core.Builds;
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
    private readonly ITableStore _store;
    private readonly IBuildStore _builds;
    private readonly ISqlEngine _engine;
    private readonly TimeProvider _clock;
    private readonly Build? _base;
    private readonly bool _fullRefresh;
    private readonly IReadOnlySet<string> _selected;
    private readonly Dictionary<TableId, TableSnapshot> _pinned = [];
    private readonly Dictionary<string, BuiltModel> _built = new(StringComparer.Ordinal);

    private ModelingRun(
        ModelingPorts ports,
        ProjectDefinition project,
        DataInterval interval,
        Build? baseBuild,
        bool fullRefresh,
        IReadOnlySet<string> selected
    )
    {
        (_store, _builds, _engine, _clock) = ports;
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
    /// <exception cref="PipelineException">The statement failed, or another run committed the same model meanwhile.</exception>
    public async Task<ModelOutcome> BuildAsync(ModelDefinition model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var statement = model.Render(new ModelScope(_interval, _engine.Name));
        var sources = model.Sources.Select(SourceOf).ToList();
        var refs = model.Refs.Select(name => _built[name]).ToList();
        var fingerprint = ModelFingerprint.Of(
            _engine.Name,
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

        await using var staging = await _store.StageAsync(table, cancellationToken);
        var query = new SqlQuery(statement, [.. sources, .. refs.Select(built => built.AsRelation())])
        {
            Subject = $"model {model.Name} ({model.File})",
        };
        var result = await _engine.MaterializeAsync(query, staging.Folder, cancellationToken);
        var version = await _store.CommitAsync(
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
        var snapshot = (await _store.ReadAsync(table, version, cancellationToken))!;
        _built[model.Name] = new(snapshot, fingerprint, Unchanged: false);
        return new(AlreadyDone: false, snapshot.Rows, version);
    }

    /// <summary>Publishes the build, unless it would be the one that is there.</summary>
    /// <param name="promote">Make it current even if a build of a newer interval is.</param>
    /// <param name="cancellationToken">Stops before the publication.</param>
    /// <returns>The build, and whether it was there before.</returns>
    public async Task<(Build Build, bool AlreadyDone)> PublishAsync(
        bool promote,
        CancellationToken cancellationToken = default
    )
    {
        var catalog = new BuildCatalog(_builds);
        if (await IsUnchangedAsync(cancellationToken))
        {
            var current = await catalog.CurrentAsync(cancellationToken);
            if (!promote || current?.Number == _base!.Number)
            {
                return (_base!, true);
            }
        }

        if (!_fullRefresh && await FindTwinAsync(catalog, cancellationToken) is { } twin && (twin.Promoted || !promote))
        {
            return (twin, true);
        }

        var tables = _pinned.ToDictionary(pin => pin.Key, pin => pin.Value.Pin);
        foreach (var (name, built) in _built)
        {
            tables[TableId.Mart(name)] = built.Snapshot.Pin;
        }

        var published = await _builds.PublishAsync(
            async (number, token) =>
            {
                var current = await catalog.CurrentAsync(token);
                return new Build
                {
                    Number = number,
                    CreatedAt = _clock.GetUtcNow(),
                    Interval = _interval,
                    Promoted = promote || current is null || _interval.Start >= current.Interval.Start,
                    Tables = tables,
                    Models = _built.ToDictionary(
                        built => built.Key,
                        built => built.Value.Fingerprint,
                        StringComparer.Ordinal
                    ),
                };
            },
            cancellationToken
        );
        return (published, false);
    }

    // Another run of the same interval may have published the same meanwhile.
    private async Task<Build?> FindTwinAsync(BuildCatalog catalog, CancellationToken cancellationToken)
    {
        var newest = await catalog.OfIntervalAsync(_interval.Id, cancellationToken);
        var isTwin =
            newest is not null
            && newest.Number != _base?.Number
            && newest.Models.Count == _built.Count
            && _built.All(built => newest.Models.GetValueOrDefault(built.Key) == built.Value.Fingerprint)
            && _pinned.All(pin => newest.Tables.GetValueOrDefault(pin.Key) == pin.Value.Pin);
        return isTwin ? newest : null;
    }

    // A later interval's rows make new versions of the raw tables and leave this interval's build as it was.
    private async Task<bool> IsUnchangedAsync(CancellationToken cancellationToken)
    {
        if (_base is null || _base.Models.Count != _built.Count || !_built.Values.All(built => built.Unchanged))
        {
            return false;
        }

        foreach (var (table, now) in _pinned)
        {
            if (!_base.Tables.TryGetValue(table, out var pinned))
            {
                return false;
            }

            if (pinned != now.Pin)
            {
                var then = await BuildSnapshot.FindAsync(_store, _base, table, cancellationToken);
                if (then is null || !FilesOfRun(then).SequenceEqual(FilesOfRun(now), StringComparer.Ordinal))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private IEnumerable<string> FilesOfRun(TableSnapshot snapshot) =>
        snapshot
            .Files.Where(file => _project.IsImport(snapshot.Table.Schema) || file.Interval == _interval.Id)
            .Select(file => file.Path)
            .Order(StringComparer.Ordinal);

    private SqlRelation SourceOf(TableId table) =>
        SourceCopy.Select(
            table,
            _pinned.GetValueOrDefault(table),
            _interval,
            _project.IsImport(table.Schema),
            _project.TimeZone
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

        var snapshot = await BuildSnapshot.ReadAsync(_store, _base, table, cancellationToken);
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
            ? await BuildSnapshot.FindAsync(_store, _base, table, cancellationToken)
            : null;

    private sealed record BuiltModel(TableSnapshot Snapshot, string Fingerprint, bool Unchanged)
    {
        public SqlRelation AsRelation() => new(Snapshot.Table, Snapshot.Schema, Snapshot.Files);
    }
}
