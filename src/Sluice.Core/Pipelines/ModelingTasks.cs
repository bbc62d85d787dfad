using System.Globalization;
using Sluice.Core.Builds;
using Sluice.Core.Models.Building;
using Sluice.Core.Projects;
using Sluice.Core.Scheduling;
using Sluice.Core.Time;

namespace Sluice.Core.Pipelines;

/// <summary>The work of the modeling DAG's tasks, over one <see cref="ModelingRun"/>.</summary>
internal sealed class ModelingTasks(
    ProjectDefinition project,
    ModelingPorts ports,
    DataInterval interval,
    RunOptions options,
    IReadOnlySet<string>? selected
)
{
    /// <summary>The run over the models; null before its inputs are pinned.</summary>
    public ModelingRun? Run { get; private set; }

    public Build? Published { get; private set; }

    public bool AlreadyPublished { get; private set; }

    public async Task<TaskOutcome> RunAsync(
        TaskDefinition task,
        IProgress<TaskProgress> progress,
        CancellationToken cancellationToken
    )
    {
        switch (task.Work)
        {
            case TaskWork.PinInputs:
                Run = await ModelingRun.StartAsync(ports, project, interval, Options, cancellationToken);
                return new();
            case TaskWork.Model model:
                var outcome = await Run!.BuildAsync(project.Models.Get(model.Name), cancellationToken);
                return new(outcome.AlreadyDone, outcome.Rows) { Tests = outcome.Tests };
            case TaskWork.DataTests:
                return new() { Tests = await Run!.TestAsync(cancellationToken) };
            case TaskWork.Index index:
                var (_, done, events, note) = await Run!.IndexAsync(
                    index.Table,
                    new Relay<long>(at => progress.Report(new(at))),
                    cancellationToken
                );
                return new(done, events, note);
            case TaskWork.PublishBuild:
                (Published, AlreadyPublished) = await Run!.PublishAsync(options.Promote, cancellationToken);
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

    // The build is published, whatever becomes of what no build needs any more.
    private async Task<string> CleanAsync(CancellationToken cancellationToken)
    {
        if (ports.Journeys is not { } journeys)
        {
            return "";
        }

        try
        {
            await new JourneyCleaning(journeys.Store, ports.Builds, ports.Clock).RunAsync(cancellationToken);
            return "";
        }
        catch (PipelineException failure)
        {
            return $"; old indexes stay: {failure.Message}";
        }
    }
}
