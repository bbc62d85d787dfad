using System.Collections.Concurrent;
using Sluice.Core.Builds;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Models.Planning;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Building;

/// <summary>One run over the models: inputs pinned at its start, one commit per model, one build at its end.</summary>
/// <remarks>
/// Models that do not read each other may be built side by side. A run that stops half-way leaves commits that no build names,
/// and so no reader sees.
/// </remarks>
public sealed class ModelingRun
{
    private readonly ProjectDefinition _project;
    private readonly DataInterval _interval;
    private readonly ModelingPorts _ports;
    private readonly ModelingOptions _options;
    private readonly EarlierBuilds _before;
    private readonly ModelInputs _inputs;
    private readonly IReadOnlyDictionary<TableId, TableSnapshot> _pinned;
    private readonly ConcurrentDictionary<string, BuiltModel> _built = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _journeys = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<NodeResult> _results = new();

    private ModelingRun(
        ModelingPorts ports,
        ProjectDefinition project,
        ModelingOptions options,
        EarlierBuilds before,
        IReadOnlyDictionary<TableId, TableSnapshot> pinned,
        ModelInputs inputs,
        ModelPlan plan
    )
    {
        (_ports, _project, _interval, _options) = (ports, project, inputs.Interval, options);
        (_before, _pinned, _inputs, Plan) = (before, pinned, inputs, plan);
        foreach (var planned in plan.Models.Where(planned => planned.Action == PlanAction.Keep))
        {
            _built[planned.Model.Name] = new(planned.Before!, planned.Record, planned.IsOfInterval);
        }
    }

    /// <summary>What the run does with each model.</summary>
    public ModelPlan Plan { get; }

    /// <summary>What it did with each model so far, in the order in which they ended.</summary>
    public IReadOnlyList<NodeResult> Results => [.. _results];

    /// <summary>How the tests ended that run once all models are built.</summary>
    public IReadOnlyList<TestResult> LateTests { get; private set; } = [];

    /// <summary>Pins the newest version of every raw table, and plans.</summary>
    /// <param name="ports">What the run works with.</param>
    /// <param name="project">The project.</param>
    /// <param name="interval">The interval to build.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops the reading of logs.</param>
    /// <exception cref="PipelineException">A raw table has no copy for the interval, or a model that was not selected was never built.</exception>
    public static async Task<ModelingRun> StartAsync(
        ModelingPorts ports,
        ProjectDefinition project,
        DataInterval interval,
        ModelingOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(options);
        var before = await EarlierBuilds.FindAsync(ports.Builds, interval, cancellationToken);
        var pinned = new Dictionary<TableId, TableSnapshot>();
        foreach (var table in ports.Store.List().Where(table => !table.IsMart))
        {
            pinned[table] = (await ports.Store.ReadAsync(table, cancellationToken: cancellationToken))!;
        }

        var scope = new ModelScope(interval, ports.Engine.Name)
        {
            TargetName = options.TargetName,
            Variables = options.Variables,
        };
        var inputs = new ModelInputs(project, interval, scope, pinned);
        var models = project.Models.Ordered;
        var plan = await new ModelPlanner(ports, inputs, before, options.FullRefresh).RunAsync(
            models,
            options.Selected ?? models.Select(model => model.Name).ToHashSet(StringComparer.Ordinal),
            cancellationToken
        );
        return new(ports, project, options, before, pinned, inputs, plan);
    }

    /// <summary>Builds one model and commits it, or takes it over unchanged when nothing that goes into it changed.</summary>
    /// <exception cref="TestFailureException">Tests found what must not be.</exception>
    /// <exception cref="PipelineException">The statement failed, or the disk is full.</exception>
    public async Task<ModelOutcome> BuildAsync(ModelDefinition model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var planned = Plan.Of(model.Name);
        var began = _ports.Clock.GetTimestamp();
        var result = new NodeResult(model, _ports.Clock.GetUtcNow(), TimeSpan.Zero)
        {
            Statement = planned.Action is PlanAction.Build or PlanAction.Add
                ? model.Render(_inputs.Scope with { IsIncremental = planned.Action == PlanAction.Add })
                : "",
        };
        try
        {
            var outcome = await RunAsync(planned, result.Statement, cancellationToken);
            result = result with { Outcome = outcome, Tests = outcome.Tests };
            return outcome;
        }
        catch (PipelineException failure)
        {
            result = result with
            {
                Failure = failure.Message,
                Tests = (failure as TestFailureException)?.Results ?? [],
            };
            throw;
        }
        finally
        {
            _results.Enqueue(result with { Elapsed = _ports.Clock.GetElapsedTime(began) });
        }
    }

    private async Task<ModelOutcome> RunAsync(
        PlannedModel planned,
        string statement,
        CancellationToken cancellationToken
    )
    {
        var model = planned.Model;
        var build = new ModelBuild(_ports, _inputs, _interval, Math.Max(1, _options.Threads));
        switch (planned.Action)
        {
            case PlanAction.Inline:
                return new(AlreadyDone: true, null, []);
            case PlanAction.Keep:
                return new(AlreadyDone: true, planned.Before!.Rows, []);
            case PlanAction.Check:
                var tests = await build.CheckAsync(planned, _built, cancellationToken);
                _built[model.Name] = new(planned.Before!, planned.Record, Unchanged: false);
                return new(AlreadyDone: true, planned.Before!.Rows, tests);
            default:
                var (built, results) = await build.RunAsync(planned, statement, _built, cancellationToken);
                _built[model.Name] = built;
                return new(AlreadyDone: false, built.Snapshot.Rows, results);
        }
    }

    /// <summary>Runs the tests that read several models, raw tables, or nothing in particular.</summary>
    /// <exception cref="TestFailureException">Some found what must not be.</exception>
    public async Task<IReadOnlyList<TestResult>> TestAsync(CancellationToken cancellationToken = default)
    {
        var tests = TestPlaces.Late(_project);
        var results = await new DataTestRun(_ports.Engine, _ports.Failures, _ports.Clock).RunAsync(
            tests,
            _inputs.Scope,
            _inputs.Of(
                tests.SelectMany(test => test.Refs).Distinct(),
                tests.SelectMany(test => test.Sources).Distinct(),
                _built
            ),
            memoryShare: 1,
            cancellationToken
        );
        LateTests = results;
        var failed = results.Count(result => result.Status is TestStatus.Fail or TestStatus.Error);
        return failed == 0
            ? results
            : throw new TestFailureException(
                $"{failed} of {results.Count} tests over several tables failed; nothing is published.",
                results
            );
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
        new BuildPublication(_ports, _project, _interval, _before.OfInterval, _options.FullRefresh).RunAsync(
            _pinned,
            _built,
            _journeys,
            promote,
            cancellationToken
        );
}
