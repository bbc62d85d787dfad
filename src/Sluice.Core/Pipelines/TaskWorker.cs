using Sluice.Core.Extraction;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Projects;
using Sluice.Core.Reconciling;
using Sluice.Core.Scheduling;
using Sluice.Core.Time;

namespace Sluice.Core.Pipelines;

/// <summary>
/// Does the work of tasks for one interval: of a single one, or of all of a run in this process, which then share the throttles of
/// sources and what is pinned.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="extract">What extracts need.</param>
/// <param name="ports">The lake, the builds and the engine.</param>
/// <param name="interval">The interval.</param>
/// <param name="options">How.</param>
/// <param name="claim">Whose the tasks are.</param>
/// <param name="note">Told what belongs into the log.</param>
/// <param name="selected">The models to build; null means all.</param>
internal sealed class TaskWorker(
    ProjectDefinition project,
    ExtractPorts extract,
    ModelingPorts ports,
    DataInterval interval,
    RunOptions options,
    ModelingClaim claim,
    Action<TaskDefinition, string> note,
    IReadOnlySet<string>? selected = null
) : IAsyncDisposable
{
    private SourceThrottles? _throttles;
    private TaskDefinition? _loading;

    /// <summary>The work over the models.</summary>
    public ModelingTasks Modeling { get; } = new(project, ports, interval, options, claim, selected);

    /// <summary>Does a task: the one place that knows what each kind of work is.</summary>
    /// <exception cref="PipelineException">It failed.</exception>
    public Task<TaskOutcome> RunAsync(
        TaskDefinition task,
        IProgress<TaskProgress> progress,
        CancellationToken cancellationToken
    ) =>
        task.Work switch
        {
            TaskWork.Empty => Task.FromResult(new TaskOutcome()),
            TaskWork.WaitFor wait => Task.FromResult(
                new TaskOutcome(Note: $"nothing was waited for: it is for a scheduler to know of {wait.Target}")
            ),
            TaskWork.Extract load => LoadAsync(task, load, progress, cancellationToken),
            TaskWork.PinInputs or TaskWork.Model or TaskWork.DataTests or TaskWork.Index or TaskWork.PublishBuild =>
                Modeling.RunAsync(task, progress, cancellationToken),
            _ => throw new PipelineException($"The work of {task.Id} cannot be run yet."),
        };

    public async ValueTask DisposeAsync()
    {
        if (_throttles is not null)
        {
            await _throttles.DisposeAsync();
        }
    }

    private async Task<TaskOutcome> LoadAsync(
        TaskDefinition task,
        TaskWork.Extract load,
        IProgress<TaskProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var definition = project.Sources.First(source => source.Name == load.Source);
        var table = definition.Tables.First(known => known.Name == load.Table);
        // A throttle that loads share speaks of the one that is at work.
        _loading = task;
        _throttles ??= new SourceThrottles(extract, ports.Clock, text => note(_loading, text));
        var outcome = await new TableExtract(
            extract.Sources,
            ports.Store,
            new LogMerge(ports.Engine),
            ports.Clock
        ).RunAsync(
            definition,
            table,
            interval,
            options.Reextract,
            await _throttles.GetAsync(definition, cancellationToken),
            new Relay<LoadProgress>(at => progress.Report(new(at.Rows, at.Expected, at.Throttle?.Reason))),
            claim.Token,
            cancellationToken
        );
        var words = LoadNote.Of(outcome);
        if (!outcome.AlreadyDone)
        {
            var upkeep = await new LoadUpkeep(project, ports.Store).RunAsync(
                definition.Name,
                table,
                interval,
                cancellationToken
            );
            words = string.Join("; ", new[] { words, upkeep }.OfType<string>()) is { Length: > 0 } notes ? notes : null;
        }

        return new(outcome.AlreadyDone, outcome.Rows, words);
    }
}
