namespace Sluice.Core.Scheduling;

/// <summary>Runs the tasks of a DAG in process, each after those it depends on.</summary>
/// <param name="clock">Measures how long tasks take.</param>
/// <param name="events">Told what happens; may be null.</param>
public sealed class DagRunner(TimeProvider clock, IProgress<TaskEvent>? events = null)
{
    /// <summary>How many tasks are at work at a time, from 1; of those that may start, the first of the DAG does.</summary>
    public int MaxActiveTasks { get; init; } = 1;

    /// <summary>Runs every task whose upstream succeeded; the others end as upstream_failed.</summary>
    /// <param name="dag">The DAG.</param>
    /// <param name="work">Does one task; reports rows as it goes and says what it did.</param>
    /// <param name="cancellationToken">Stops the running tasks and the run.</param>
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
        var waiting = dag.Tasks.ToList();
        var running = new List<Task<(string Id, TaskState State)>>();
        // A task that throws what no task may throw stops the others, too.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (waiting.Count + running.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var next = waiting.Find(task => task.Upstream.All(states.ContainsKey));
                if (next is not null && next.Upstream.Any(id => states[id] != TaskState.Success))
                {
                    waiting.Remove(next);
                    states[next.Id] = TaskState.UpstreamFailed;
                    events?.Report(new TaskEvent.Ended(dag.Id, next, TaskState.UpstreamFailed, TimeSpan.Zero));
                }
                else if (next is not null && running.Count < MaxActiveTasks)
                {
                    waiting.Remove(next);
                    running.Add(RunTaskAsync(dag, next, work, stop.Token));
                }
                else
                {
                    var ended = await Task.WhenAny(running);
                    running.Remove(ended);
                    var (id, state) = await ended;
                    states[id] = state;
                }
            }
        }
        catch
        {
            await stop.CancelAsync();
            await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }

        return new(dag.Id, states);
    }

    private async Task<(string Id, TaskState State)> RunTaskAsync(
        DagDefinition dag,
        TaskDefinition task,
        Func<TaskDefinition, IProgress<TaskProgress>, CancellationToken, Task<TaskOutcome>> work,
        CancellationToken cancellationToken
    )
    {
        // Off the caller's thread: a task may work long before it waits for anything.
        await Task.Yield();
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
        return (task.Id, ended.State);
    }
}
