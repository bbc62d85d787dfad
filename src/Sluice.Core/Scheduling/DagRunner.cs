namespace Sluice.Core.Scheduling;

/// <summary>Runs the tasks of a DAG in process, one after the other, each after those it depends on.</summary>
/// <param name="clock">Measures how long tasks take.</param>
/// <param name="events">Told what happens; may be null.</param>
public sealed class DagRunner(TimeProvider clock, IProgress<TaskEvent>? events = null)
{
    /// <summary>Runs every task whose upstream succeeded; the others end as upstream_failed.</summary>
    /// <param name="dag">The DAG.</param>
    /// <param name="work">Does one task; reports rows as it goes and says what it did.</param>
    /// <param name="cancellationToken">Stops the running task and the run.</param>
    /// <returns>The state of every task.</returns>
    public async Task<DagRunResult> RunAsync(
        DagDefinition dag,
        Func<TaskDefinition, IProgress<TaskProgress>, CancellationToken, Task<TaskOutcome>> work,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(dag);
        ArgumentNullException.ThrowIfNull(work);
        var states = new Dictionary<string, TaskState>(StringComparer.Ordinal);
        foreach (var task in dag.Tasks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (task.Upstream.Any(id => states[id] != TaskState.Success))
            {
                states[task.Id] = TaskState.UpstreamFailed;
                events?.Report(new TaskEvent.Ended(dag.Id, task, TaskState.UpstreamFailed, TimeSpan.Zero));
                continue;
            }

            states[task.Id] = await RunTaskAsync(dag, task, work, cancellationToken);
        }

        return new(dag.Id, states);
    }

    private async Task<TaskState> RunTaskAsync(
        DagDefinition dag,
        TaskDefinition task,
        Func<TaskDefinition, IProgress<TaskProgress>, CancellationToken, Task<TaskOutcome>> work,
        CancellationToken cancellationToken
    )
    {
        var started = clock.GetTimestamp();
        events?.Report(new TaskEvent.Started(dag.Id, task));
        var ended = new TaskEvent.Ended(dag.Id, task, TaskState.Success, TimeSpan.Zero);
        try
        {
            var progress = new Relay<TaskProgress>(at => events?.Report(new TaskEvent.Advanced(dag.Id, task, at)));
            ended = ended with { Outcome = await work(task, progress, cancellationToken) };
        }
        catch (Exception failure)
            when (failure is PipelineException or DefinitionException or IOException or UnauthorizedAccessException)
        {
            ended = ended with { State = TaskState.Failed, Failure = failure };
        }

        events?.Report(ended with { Elapsed = clock.GetElapsedTime(started) });
        return ended.State;
    }
}
