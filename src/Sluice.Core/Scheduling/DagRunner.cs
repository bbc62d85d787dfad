using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling;

/// <summary>Runs a DAG for one interval in process, as <see cref="DagPlanner"/> decides.</summary>
/// <param name="clock">The time, and what measures how long tasks take.</param>
/// <param name="events">Told what happens; may be null.</param>
public sealed class DagRunner(TimeProvider clock, IProgress<TaskEvent>? events = null)
{
    /// <summary>How many tasks are at work at a time, from 1; of those that may start, the first of the DAG does.</summary>
    public int MaxActiveTasks { get; init; } = 1;

    /// <summary>Runs every task whose trigger rule lets it; those that never start say so.</summary>
    /// <param name="dag">The DAG.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="work">Does one task; reports rows as it goes and says what it did.</param>
    /// <param name="before">Runs of other DAGs that its waits can see.</param>
    /// <param name="cancellationToken">Stops the running tasks and the run.</param>
    public async Task<DagRunResult> RunAsync(
        DagDefinition dag,
        DataInterval interval,
        Func<TaskDefinition, IProgress<TaskProgress>, CancellationToken, Task<TaskOutcome>> work,
        IReadOnlyList<DagRunResult>? before = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(dag);
        ArgumentNullException.ThrowIfNull(work);
        var others = new FinishedRuns(before ?? []);
        var jitter = new Random(interval.GetHashCode());
        var planner = new DagPlanner(
            others.Dags.Append(dag).ToDictionary(known => known.Id, StringComparer.Ordinal),
            others,
            jitter.NextDouble
        );
        var limited = dag with { MaxActiveTasks = MaxActiveTasks };
        var run = new DagRun(dag.Id, interval, RunKind.Manual) { State = RunState.Running, Since = clock.GetUtcNow() };
        var running = new Dictionary<string, Task<TaskEvent.Ended>>(StringComparer.Ordinal);
        // A task that throws what no task may throw stops the others, too.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var plan = planner.Advance(limited, run, clock.GetUtcNow());
                run = Tell(dag, run, plan.Runs);
                if (!run.IsActive)
                {
                    return new(dag, run);
                }

                foreach (var ready in SlotAllocation.Choose(plan.Ready, NoPools, Held(dag, running.Keys)))
                {
                    var started = run.Task(ready.Task.Id).Become(TaskState.Queued, clock.GetUtcNow());
                    run = run.With(ready.Task.Id, started.Start(clock.GetUtcNow()));
                    running[ready.Task.Id] = RunTaskAsync(dag, ready.Task, work, stop.Token);
                }

                run = await NextAsync(dag, run, running, plan.WakeAt, jitter, cancellationToken);
            }
        }
        catch
        {
            await stop.CancelAsync();
            await Task.WhenAll(running.Values).ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
    }

    private static Dictionary<string, int> NoPools { get; } = new(StringComparer.Ordinal);

    private static IEnumerable<(string, string)> Held(DagDefinition dag, IEnumerable<string> running) =>
        running.Select(_ => (Pools.Default, dag.Id));

    // What came to an end without having run.
    private DagRun Tell(DagDefinition dag, DagRun run, IReadOnlyList<DagRun> planned)
    {
        if (planned is not [var next])
        {
            return run;
        }

        foreach (
            var task in dag.Tasks.Where(task =>
                next.Task(task.Id) != run.Task(task.Id) && next.Task(task.Id).State.IsFinished()
            )
        )
        {
            var instance = next.Task(task.Id);
            events?.Report(
                new TaskEvent.Ended(dag.Id, task, instance.State, TimeSpan.Zero)
                {
                    Outcome = instance.State == TaskState.Success ? new() : null,
                    Failure =
                        instance.State == TaskState.Failed
                            ? new PipelineException(instance.Reason!)
                            {
                                Hint = "Mend what failed there and run again: what was loaded stays loaded.",
                            }
                            : null,
                }
            );
        }

        return next;
    }

    private async Task<DagRun> NextAsync(
        DagDefinition dag,
        DagRun run,
        Dictionary<string, Task<TaskEvent.Ended>> running,
        DateTimeOffset? wakeAt,
        Random jitter,
        CancellationToken cancellationToken
    )
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] alarm = wakeAt is { } at ? [Task.Delay(Until(at), clock, waiting.Token)] : [];
        await Task.WhenAny([.. running.Values, .. alarm]);
        await waiting.CancelAsync();
        foreach (var (id, ended) in running.Where(task => task.Value.IsCompleted).ToList())
        {
            running.Remove(id);
            var (instance, how) = (run.Task(id), await ended);
            run = run.With(
                id,
                how.Failure is null
                    ? instance.Become(TaskState.Success, clock.GetUtcNow())
                    : instance.Fail(how.Task.Retry, clock.GetUtcNow(), jitter.NextDouble(), how.Failure.Message)
            );
            events?.Report(how with { State = run.Task(id).State });
        }

        return run;
    }

    // What came due while it was planned is due now.
    private TimeSpan Until(DateTimeOffset at) =>
        at - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private async Task<TaskEvent.Ended> RunTaskAsync(
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

        return ended with
        {
            Elapsed = clock.GetElapsedTime(started),
        };
    }
}
