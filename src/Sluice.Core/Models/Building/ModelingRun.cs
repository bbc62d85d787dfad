using System.Collections.Concurrent;
using Sluice.Core.Builds;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Models.Planning;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Building;

/// <summary>One run over the models: inputs pinned at its start, one commit per model, one build at its end.</summary>
/// <remarks>
/// Models that do not read each other may be built side by side, in this process or in others, which learn of each other by the
/// run's journal. A run that stops half-way leaves commits that no build names, and so no reader sees.
/// </remarks>
public sealed class ModelingRun
{
    private readonly ProjectDefinition _project;
    private readonly DataInterval _interval;
    private readonly ModelingPorts _ports;
    private readonly int _threads;
    private readonly ModelingClaim _claim;
    private readonly EarlierBuilds _before;
    private readonly ModelInputs _inputs;
    private readonly IReadOnlyDictionary<TableId, TableSnapshot> _pinned;
    private readonly RunProgress _progress;
    private readonly ConcurrentQueue<NodeResult> _results = new();

    private ModelingRun(
        ModelingPorts ports,
        ModelingClaim claim,
        IModelingJournal journal,
        PinnedInputs pinned,
        ModelPlan plan,
        int threads
    )
    {
        (_ports, _claim, _threads) = (ports, claim, Math.Max(1, threads));
        (_before, _pinned, _inputs, Plan) = (pinned.Before, pinned.Tables, pinned.Inputs, plan);
        (_project, _interval) = (_inputs.Project, _inputs.Interval);
        _progress = new(ports.Store, _project, plan, journal);
    }

    /// <summary>What the run does with each model.</summary>
    public ModelPlan Plan { get; }

    /// <summary>What it did with each model so far, in the order in which they ended.</summary>
    public IReadOnlyList<NodeResult> Results => [.. _results];

    /// <summary>How the tests ended that run once all models are built.</summary>
    public IReadOnlyList<TestResult> LateTests { get; private set; } = [];

    /// <summary>Pins the newest version of every raw table, plans, and begins the run's journal.</summary>
    /// <param name="ports">What the run works with.</param>
    /// <param name="project">The project.</param>
    /// <param name="interval">The interval to build.</param>
    /// <param name="options">How.</param>
    /// <param name="claim">Whose the run is; null for one whose tasks are all in this process.</param>
    /// <param name="cancellationToken">Stops the reading of logs.</param>
    /// <exception cref="PipelineException">
    /// A raw table has no copy for the interval, a model that was not selected was never built, or another worker took over.
    /// </exception>
    public static async Task<ModelingRun> StartAsync(
        ModelingPorts ports,
        ProjectDefinition project,
        DataInterval interval,
        ModelingOptions options,
        ModelingClaim? claim = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(options);
        claim ??= ModelingClaim.InProcess();
        var before = await EarlierBuilds.FindAsync(ports.Builds, interval, cancellationToken);
        var numbers = before.Pinned(ports.Builds);
        var tables = new Dictionary<TableId, TableSnapshot>();
        foreach (var table in ports.Store.List().Where(table => !table.IsMart))
        {
            tables[table] = (await ports.Store.ReadAsync(table, cancellationToken: cancellationToken))!;
        }

        var pinned = PinnedInputs.Of(ports, project, interval, options, before, tables);
        var plan = await pinned.PlanAsync(ports, options.FullRefresh, options.Selected, cancellationToken);
        var journal = await claim.Journals.BeginAsync(
            claim.DagId,
            interval,
            newest =>
            {
                var seen = Math.Max(newest?.Token ?? 0, before.OfInterval?.Token ?? 0);
                claim.ThrowIfOvertaken(seen, $"pinned the inputs of {interval.Ds}");
                return new ModelingPins
                {
                    DagId = claim.DagId,
                    Interval = interval,
                    PinnedAt = ports.Clock.GetUtcNow(),
                    Token = claim.Token ?? seen + 1,
                    Tables = tables.ToDictionary(table => table.Key, table => table.Value.Pin),
                    Builds = numbers,
                    FullRefresh = options.FullRefresh,
                    TargetName = options.TargetName,
                };
            },
            cancellationToken
        );
        return new(ports, claim, journal, pinned, plan, options.Threads);
    }

    /// <summary>Goes on, in this process, with a run whose inputs another one has pinned.</summary>
    /// <param name="ports">What the run works with.</param>
    /// <param name="project">The project.</param>
    /// <param name="interval">The interval to build.</param>
    /// <param name="claim">Whose the run is.</param>
    /// <param name="threads">How many models are built side by side, from 1.</param>
    /// <param name="cancellationToken">Stops the reading of logs.</param>
    /// <exception cref="PipelineException">Nothing is pinned, what was is gone, or another worker took over.</exception>
    public static async Task<ModelingRun> ResumeAsync(
        ModelingPorts ports,
        ProjectDefinition project,
        DataInterval interval,
        ModelingClaim claim,
        int threads = 1,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(claim);
        var journal =
            await claim.Journals.FindAsync(claim.DagId, interval, cancellationToken)
            ?? throw new PipelineException($"No inputs are pinned for {interval.Ds}, or too long ago.")
            {
                Hint = $"Run the task of {claim.DagId} that pins them first, for {interval}.",
            };
        claim.ThrowIfOvertaken(journal.Pins.Token, $"pinned the inputs of {interval.Ds}");
        var pinned = await PinnedInputs.ReadAsync(ports, project, journal.Pins, cancellationToken);
        var plan = await pinned.PlanAsync(ports, journal.Pins.FullRefresh, selected: null, cancellationToken);
        var run = new ModelingRun(ports, claim, journal, pinned, plan, threads);
        await run._progress.ReadAsync(cancellationToken);
        return run;
    }

    /// <summary>
    /// Builds one model and commits it, or takes it over unchanged when nothing that goes into it changed or the run has built it.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="again">Build it even if the run has.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TestFailureException">Tests found what must not be.</exception>
    /// <exception cref="PipelineException">The statement failed, or the disk is full.</exception>
    public async Task<ModelOutcome> BuildAsync(
        ModelDefinition model,
        bool again = false,
        CancellationToken cancellationToken = default
    )
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
            var outcome = await RunAsync(planned, result.Statement, again, cancellationToken);
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
        bool again,
        CancellationToken cancellationToken
    )
    {
        var model = planned.Model;
        if (planned.IsOfRun)
        {
            if (!again && _progress.Built.TryGetValue(model.Name, out var done))
            {
                return new(AlreadyDone: true, done.Snapshot.Rows, []);
            }

            _progress.ThrowUnlessBuilt(ModelsReadBy(model));
        }

        var build = new ModelBuild(_ports, _inputs, _interval, _threads, _claim.Token);
        switch (planned.Action)
        {
            case PlanAction.Inline:
                return new(AlreadyDone: true, null, []);
            case PlanAction.Keep:
                return new(AlreadyDone: true, planned.Before!.Rows, []);
            case PlanAction.Check:
                var tests = await build.CheckAsync(planned, _progress.Built, cancellationToken);
                await _progress.NoteAsync(
                    planned,
                    new(planned.Before!, planned.Record, Unchanged: false),
                    again,
                    cancellationToken
                );
                return new(AlreadyDone: true, planned.Before!.Rows, tests);
            default:
                var (built, results) = await build.RunAsync(planned, statement, _progress.Built, cancellationToken);
                await _progress.NoteAsync(planned, built, again, cancellationToken);
                return new(AlreadyDone: false, built.Snapshot.Rows, results);
        }
    }

    private IEnumerable<string> ModelsReadBy(ModelDefinition model) =>
        model
            .Refs.Concat(model.Tests.Where(test => !TestPlaces.IsLate(test, _project)).SelectMany(test => test.Refs))
            .Where(name => name != model.Name);

    /// <summary>Runs the tests that read several models, raw tables, or nothing in particular.</summary>
    /// <exception cref="TestFailureException">Some found what must not be.</exception>
    public async Task<IReadOnlyList<TestResult>> TestAsync(CancellationToken cancellationToken = default)
    {
        var tests = TestPlaces.Late(_project);
        _progress.ThrowUnlessBuilt(tests.SelectMany(test => test.Refs));
        var results = await new DataTestRun(_ports.Engine, _ports.Failures, _ports.Clock).RunAsync(
            tests,
            _inputs.Scope,
            _inputs.Of(
                tests.SelectMany(test => test.Refs).Distinct(),
                tests.SelectMany(test => test.Sources).Distinct(),
                _progress.Built
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

        var users = _project.Users is { } properties && Plan.Has(properties.Table) ? properties.Table : table;
        _progress.ThrowUnlessBuilt([table, users]);
        var (source, reason) = JourneySources.Of(
            _project,
            _progress.Built.ToDictionary(model => model.Key, model => model.Value.Snapshot, StringComparer.Ordinal),
            table
        );
        if (source is null)
        {
            await _progress.NoteIndexAsync(table, index: null, cancellationToken);
            return (null, AlreadyDone: true, null, $"no index: {reason}");
        }

        var current = await new BuildCatalog(_ports.Builds).CurrentAsync(cancellationToken);
        var before = current is null
            ? null
            : await JourneySources.OfAsync(_project, _ports.Store, current, table, cancellationToken);
        var outcome = await new JourneyBuild(_ports.Engine, journeys.Columns, journeys.Store).RunAsync(
            source,
            before,
            progress,
            cancellationToken
        );
        await _progress.NoteIndexAsync(table, outcome.Id, cancellationToken);
        return (outcome.Id, outcome.AlreadyDone, outcome.Events, outcome.Note);
    }

    /// <summary>Publishes the build, unless it would be the one that is there.</summary>
    /// <param name="promote">Make it current even if a build of a newer interval is.</param>
    /// <param name="cancellationToken">Stops before the publication.</param>
    /// <returns>The build, and whether it was there before.</returns>
    /// <exception cref="PipelineException">A model is not built, another worker took over, or the disk is full.</exception>
    public async Task<(Build Build, bool AlreadyDone)> PublishAsync(
        bool promote,
        CancellationToken cancellationToken = default
    )
    {
        _progress.ThrowUnlessBuilt(Plan.Models.Select(planned => planned.Model.Name));
        var published = await new BuildPublication(
            _ports,
            _project,
            _claim,
            _progress.Journal,
            _before.OfInterval
        ).RunAsync(_pinned, _progress.Built, _progress.Journeys, promote, cancellationToken);
        await _progress.Journal.NotePublishedAsync(cancellationToken);
        return published;
    }
}
