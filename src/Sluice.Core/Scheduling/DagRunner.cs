using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling;

/// <summary>Runs a DAG for one interval in this process.</summary>
/// <param name="clock">The time, and what measures how long tasks take.</param>
/// <param name="events">Told what happens; may be null.</param>
public sealed class DagRunner(TimeProvider clock, IProgress<TaskEvent>? events = null)
{
    // A process that was killed changes nothing in the store.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>How many tasks are at work at a time, from 1; of those that may start, the first of the DAG does.</summary>
    public int MaxActiveTasks { get; init; } = 1;

    /// <summary>Where the run is kept; null for nowhere.</summary>
    public RunKeeping? Keep { get; init; }

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
        await using var nowhere = new RunKeeping(() => Memory(before ?? []), "in_process", _ => false);
        var keep = Keep ?? nowhere;
        await TakeAsync(keep, dag, interval, cancellationToken);
        var listener = new Listener(dag.Id, events);
        var scheduler = new Scheduler(
            new([dag with { MaxActiveTasks = MaxActiveTasks }, .. (before ?? []).Select(other => other.Dag)]),
            keep.Store,
            new Work(work),
            new(keep.Worker)
            {
                Parallelism = MaxActiveTasks,
                OwnRunsOnly = true,
                Seed = interval.GetHashCode(),
                IsGone = keep.IsGone,
            },
            clock,
            listener
        );
        try
        {
            // What is in the store afterwards may be another's run of the interval already.
            await scheduler.RunAsync(_ => listener.Ended is not null, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            keep.Store.Write(transaction => OwnRun.GiveUp(transaction, dag, interval, keep.Worker));
            throw;
        }

        return new(dag, listener.Ended!);
    }

    private MemoryRunStore Memory(IReadOnlyList<DagRunResult> before)
    {
        var store = new MemoryRunStore(clock);
        store.Write(transaction =>
        {
            foreach (var other in before)
            {
                transaction.Save(other.Run);
            }

            return 0;
        });
        return store;
    }

    // Who is at it already is let come to an end, and what they did is found done.
    private async Task TakeAsync(
        RunKeeping keep,
        DagDefinition dag,
        DataInterval interval,
        CancellationToken cancellationToken
    )
    {
        var isTold = false;
        while (true)
        {
            var (other, seen) = keep.Store.Write(transaction =>
                (OwnRun.Take(transaction, dag, interval, keep.Worker, keep.IsGone), transaction.Change)
            );
            if (other is null)
            {
                return;
            }

            if (!isTold && dag.Tasks.Count > 0)
            {
                isTold = true;
                events?.Report(
                    new TaskEvent.Noted(
                        dag.Id,
                        dag.Tasks[0],
                        $"another process is at the run of {interval.Ds} ({other}): waits until it ends; 'sluice runs show {dag.Id} {interval.Ds}' shows how far it is"
                    )
                );
            }

            await keep.Store.WaitAsync(seen, LookAgain, cancellationToken);
        }
    }

    private sealed class Work(Func<TaskDefinition, IProgress<TaskProgress>, CancellationToken, Task<TaskOutcome>> work)
        : IExecutor
    {
        public Task<TaskOutcome> RunAsync(
            TaskTry attempt,
            IProgress<TaskProgress> progress,
            CancellationToken cancellationToken
        ) => work(attempt.Task, progress, cancellationToken);
    }

    private sealed class Listener(string dagId, IProgress<TaskEvent>? events) : ISchedulerListener
    {
        /// <summary>The run as it was when it ended; null before.</summary>
        public DagRun? Ended { get; private set; }

        public void Report(TaskEvent value) => events?.Report(value);

        public void RunEnded(DagDefinition dag, DagRun run) => Ended = dag.Id == dagId ? run : Ended;

        public void RunLate(LateRun late) { }

        public void ProjectChanged(DagSet dags) { }

        public void ProjectBroken(DefinitionException wrong) { }

        public void StoreFailed(PipelineException failure, TimeSpan pause) { }
    }
}
