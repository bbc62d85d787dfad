using System.Globalization;
using Sluice.Core.Builds;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Projects;
using Sluice.Core.Scheduling;
using Sluice.Core.Time;

namespace Sluice.Core.Pipelines;

/// <summary>
/// The work of the modeling DAG's tasks, over one <see cref="ModelingRun"/>: the one that a task here began, or what another process began.
/// </summary>
internal sealed class ModelingTasks(
    ProjectDefinition project,
    ModelingPorts ports,
    DataInterval interval,
    RunOptions options,
    ModelingClaim claim,
    IReadOnlySet<string>? selected
)
{
    /// <summary>The run over the models; null before there is one.</summary>
    public ModelingRun? Run { get; private set; }

    public Build? Published { get; private set; }

    public bool AlreadyPublished { get; private set; }

    public async Task<TaskOutcome> RunAsync(
        TaskDefinition task,
        IProgress<TaskProgress> progress,
        CancellationToken cancellationToken
    )
    {
        if (task.Work is TaskWork.PinInputs)
        {
            Run = await ModelingRun.StartAsync(ports, project, interval, Options, claim, cancellationToken);
            return new();
        }

        var run = Run ??= await ModelingRun.ResumeAsync(
            ports,
            project,
            interval,
            claim,
            options.Threads,
            cancellationToken
        );
        switch (task.Work)
        {
            case TaskWork.Model model:
                var outcome = await run.BuildAsync(
                    project.Models.Get(model.Name),
                    options.Reextract,
                    cancellationToken
                );
                return new(outcome.AlreadyDone, outcome.Rows) { Tests = outcome.Tests };
            case TaskWork.DataTests:
                return new() { Tests = await run.TestAsync(cancellationToken) };
            case TaskWork.Index index:
                var (_, done, events, note) = await run.IndexAsync(
                    index.Table,
                    new Relay<long>(at => progress.Report(new(at))),
                    cancellationToken
                );
                return new(done, events, note);
            case TaskWork.PublishBuild:
                (Published, AlreadyPublished) = await run.PublishAsync(options.Promote, cancellationToken);
                return new(AlreadyPublished, Note: Note(Published) + await CleanAsync(cancellationToken));
            default:
                throw new ArgumentException($"{task.Id} is no task of modeling.", nameof(task));
        }
    }

    private ModelingOptions Options =>
        new()
        {
            FullRefresh = options.FullRefresh,
            Selected = selected,
            Variables = options.Variables,
            TargetName = options.TargetName,
            Threads = options.Threads,
        };

    private static string Note(Build build) =>
        string.Create(CultureInfo.InvariantCulture, $"build {build.Number}")
        + (build.Promoted ? "" : ", recorded but not current: a newer interval is (--promote makes it current)");

    // The build is published, whatever becomes of what no build and no other run needs any more.
    private async Task<string> CleanAsync(CancellationToken cancellationToken)
    {
        try
        {
            var kept = await new JournalCleaning(ports.Journals, ports.Clock).RunAsync(cancellationToken);
            if (ports.Journeys is { } journeys)
            {
                await new JourneyCleaning(journeys.Store, ports.Builds, ports.Clock, kept).RunAsync(cancellationToken);
            }

            return "";
        }
        catch (PipelineException failure)
        {
            return $"; old indexes stay: {failure.Message}";
        }
    }
}
