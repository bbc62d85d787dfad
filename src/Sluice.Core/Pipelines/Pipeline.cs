using Sluice.Core.Extraction;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Projects;
using Sluice.Core.Reconciling;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Pipelines;

/// <summary>Runs a project's DAGs for an interval: what <c>sluice run</c>, <c>extract</c> and <c>model</c> do.</summary>
/// <param name="project">The project.</param>
/// <param name="extract">What extracts need.</param>
/// <param name="ports">The lake, the builds and the engine.</param>
/// <param name="events">Told what happens; may be null.</param>
public sealed class Pipeline(
    ProjectDefinition project,
    ExtractPorts extract,
    ModelingPorts ports,
    IProgress<TaskEvent>? events = null
)
{
    /// <summary>Runs both DAGs: load, then model.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="options">How.</param>
    /// <param name="keep">Where the runs are kept; null for nowhere.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    /// <exception cref="DefinitionException">The interval is not over.</exception>
    public async Task<PipelineResult> RunAsync(
        DataInterval interval,
        RunOptions options,
        RunKeeping? keep = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var extraction = await ExtractAsync(interval, options, [], keep, cancellationToken);
        var modeling = await ModelAsync(interval, options, null, extraction.Dags[0], keep, cancellationToken);
        return modeling with { Dags = [.. extraction.Dags, .. modeling.Dags] };
    }

    /// <summary>Runs the load tasks of some tables, or of all.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="options">How.</param>
    /// <param name="tables">Names, as <c>users</c> or <c>app.users</c>; none means all.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="DefinitionException">There is no such table, or the interval is not over.</exception>
    public Task<PipelineResult> ExtractAsync(
        DataInterval interval,
        RunOptions options,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken = default
    ) => ExtractAsync(interval, options, tables, keep: null, cancellationToken);

    private async Task<PipelineResult> ExtractAsync(
        DataInterval interval,
        RunOptions options,
        IReadOnlyList<string> tables,
        RunKeeping? keep,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfNotOver(interval);
        var dag = DefaultDags.Extraction(project);
        if (tables.Count > 0)
        {
            var wanted = tables.Select(name => TableSelection.Find(project, name)).ToHashSet();
            dag = dag with
            {
                Tasks =
                [
                    .. dag.Tasks.Where(task =>
                        task.Work is TaskWork.Extract load && wanted.Contains(TableId.Raw(load.Source, load.Table))
                    ),
                ],
            };
        }

        await using var worker = Worker(dag, interval, options, ModelingClaim.InProcess());
        var runner = new DagRunner(ports.Clock, events) { Keep = keep };
        var result = await runner.RunAsync(dag, interval, worker.RunAsync, cancellationToken: cancellationToken);
        return new([result], null, AlreadyPublished: false);
    }

    /// <summary>Compares a table that is loaded incrementally with its source, and repairs what differs.</summary>
    /// <param name="name">The table, as <c>users</c> or <c>app.users</c>.</param>
    /// <param name="keysOnly">Read the keys only: finds what was deleted.</param>
    /// <param name="dryRun">Compare, and change nothing.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    /// <exception cref="DefinitionException">There is no such table, or it is no log of changes.</exception>
    public async Task<ReconcileOutcome> ReconcileAsync(
        string name,
        bool keysOnly,
        bool dryRun,
        IProgress<LoadProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var target = TableSelection.Find(project, name);
        var definition = project.Sources.First(source => source.Name == target.Schema);
        var table = definition.Tables.First(known => known.Name == target.Name);
        await using var throttles = new SourceThrottles(extract, ports.Clock, _ => { });
        return await new TableReconcile(extract.Sources, ports.Store, ports.Engine, ports.Clock).RunAsync(
            definition,
            table,
            project.TimeZone,
            keysOnly,
            dryRun,
            await throttles.GetAsync(definition, cancellationToken),
            progress,
            cancellationToken
        );
    }

    /// <summary>Builds some models, or all, and publishes the build.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="options">How.</param>
    /// <param name="selected">Names; null means all.</param>
    /// <param name="cancellationToken">Stops the run; nothing is published then.</param>
    public Task<PipelineResult> ModelAsync(
        DataInterval interval,
        RunOptions options,
        IReadOnlySet<string>? selected,
        CancellationToken cancellationToken = default
    ) => ModelAsync(interval, options, selected, extraction: null, keep: null, cancellationToken);

    // Without a run of the other DAG to wait for, the lake alone is asked whether the inputs are there.
    private async Task<PipelineResult> ModelAsync(
        DataInterval interval,
        RunOptions options,
        IReadOnlySet<string>? selected,
        DagRunResult? extraction,
        RunKeeping? keep,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var dag = DefaultDags
            .Modeling(project)
            .Keep(task =>
                (extraction is not null || task.Work is not TaskWork.WaitFor)
                && (selected is null || task.Work is not TaskWork.Model model || selected.Contains(model.Name))
            );
        await using var worker = Worker(dag, interval, options, ModelingClaim.InProcess(), selected);
        var modeling = worker.Modeling;
        var runner = new DagRunner(ports.Clock, events) { MaxActiveTasks = Math.Max(1, options.Threads), Keep = keep };
        var result = await runner.RunAsync(
            dag,
            interval,
            worker.RunAsync,
            extraction is null ? [] : [extraction],
            cancellationToken
        );
        return new([result], modeling.Published, modeling.AlreadyPublished)
        {
            Models = modeling.Run?.Results ?? [],
            LateTests = modeling.Run?.LateTests ?? [],
            SkippedModels =
            [
                .. dag
                    .Tasks.Where(task => result.States.GetValueOrDefault(task.Id) == TaskState.UpstreamFailed)
                    .Select(task => task.Work)
                    .OfType<TaskWork.Model>()
                    .Select(model => model.Name),
            ],
            Scope = new(interval, ports.Engine.Name) { TargetName = options.TargetName, Variables = options.Variables },
        };
    }

    /// <summary>Runs one task alone: what it needs of the tasks before it is in the lake and in the journal of the run.</summary>
    /// <param name="dag">Its DAG.</param>
    /// <param name="task">The task.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="options">How. What the models are built with is decided by the task that pins their inputs.</param>
    /// <param name="token">
    /// The fencing token, from 1: greater than that of everyone who had the task before, and of the tasks before it. Null takes one
    /// above all that were seen, and then nobody is kept out.
    /// </param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DefinitionException">The interval is not over.</exception>
    /// <exception cref="PipelineException">It failed, or another worker took over.</exception>
    public async Task<TaskOutcome> RunTaskAsync(
        DagDefinition dag,
        TaskDefinition task,
        DataInterval interval,
        RunOptions options,
        long? token,
        IProgress<TaskProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(dag);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        if (token is { } own)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(own, 1, nameof(token));
        }

        // A journal has no place for them, and every task of the run would need the same.
        if (options.Variables.Count > 0)
        {
            throw new ArgumentException("A task that runs alone takes the project's variables.", nameof(options));
        }

        if (task.Work is TaskWork.Extract load)
        {
            ThrowIfNotOver(interval, load.Source);
        }

        await using var worker = Worker(dag, interval, options, new(ports.Journals, dag.Id, token), ModelsOf(dag));
        return await worker.RunAsync(task, progress ?? new Relay<TaskProgress>(_ => { }), cancellationToken);
    }

    private void ThrowIfNotOver(DataInterval interval, string? only = null)
    {
        // Each load asks its source's own clock; this only saves the way there.
        var sources = project.Sources.Where(source =>
            source.Kind != SourceKind.Import && (only is null || source.Name == only)
        );
        var ready = interval.End + sources.Select(source => source.SafetyLag).DefaultIfEmpty().Min();
        if (ports.Clock.GetUtcNow() < ready)
        {
            throw new DefinitionException(
                $"The interval {interval.NameIn(project.TimeZone)} is not over: it ends at {interval.End:yyyy-MM-dd HH:mm} UTC and can be loaded from {ready:yyyy-MM-dd HH:mm} UTC on.",
                "Run it again then, or give an earlier --date."
            );
        }
    }

    // A DAG that someone wrote may build some of the models; the others stay as they are published.
    private HashSet<string>? ModelsOf(DagDefinition dag)
    {
        var models = dag.Tasks.Select(task => task.Work).OfType<TaskWork.Model>().Select(model => model.Name);
        var selected = models.ToHashSet(StringComparer.Ordinal);
        return selected.Count == project.Models.Ordered.Count ? null : selected;
    }

    private TaskWorker Worker(
        DagDefinition dag,
        DataInterval interval,
        RunOptions options,
        ModelingClaim claim,
        IReadOnlySet<string>? selected = null
    ) =>
        new(
            project,
            extract,
            ports,
            interval,
            options,
            claim,
            (task, text) => events?.Report(new TaskEvent.Noted(dag.Id, task, text)),
            selected
        );
}
