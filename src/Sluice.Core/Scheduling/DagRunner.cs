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
    /// <exception cref="DefinitionException">Another worker is at the run.</exception>
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
        await using var nowhere = new MemoryRunStore(clock);
        var (store, worker, isGone) = Keep ?? new RunKeeping(nowhere, "in_process", _ => false);
        store.Write(transaction =>
        {
            foreach (var other in Keep is null ? before ?? [] : [])
            {
                transaction.Save(other.Run);
            }

            OwnRun.Take(transaction, dag, interval, worker, isGone);
            return 0;
        });
        var scheduler = new Scheduler(
            new([dag with { MaxActiveTasks = MaxActiveTasks }, .. (before ?? []).Select(other => other.Dag)]),
            store,
            new Work(work),
            new(worker)
            {
                Parallelism = MaxActiveTasks,
                OwnRunsOnly = true,
                Seed = interval.GetHashCode(),
                IsGone = isGone,
            },
            clock,
            events is null ? null : new Listener(events)
        );
        await scheduler.RunAsync(reader => !reader.Find(dag.Id, interval.Start)!.IsActive, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            store.Write(transaction =>
            {
                OwnRun.GiveUp(transaction, dag, interval);
                return 0;
            });
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new(dag, store.Read(reader => reader.Find(dag.Id, interval.Start)!));
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

    private sealed class Listener(IProgress<TaskEvent> events) : ISchedulerListener
    {
        public void Report(TaskEvent value) => events.Report(value);

        public void RunEnded(DagDefinition dag, DagRun run) { }

        public void RunLate(LateRun late) { }

        public void StoreFailed(PipelineException failure, TimeSpan pause) { }
    }
}
