using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling;

/// <summary>Runs a DAG for one interval in this process, and keeps nothing of it.</summary>
/// <param name="clock">The time, and what measures how long tasks take.</param>
/// <param name="events">Told what happens; may be null.</param>
public sealed class DagRunner(TimeProvider clock, IProgress<TaskEvent>? events = null)
{
    private const string Worker = "in_process";

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
        await using var store = new MemoryRunStore(clock);
        store.Write(transaction =>
        {
            foreach (var other in before ?? [])
            {
                transaction.Save(other.Run);
            }

            var run = new DagRun(dag.Id, interval, RunKind.Manual) { Since = transaction.Now, Owner = Worker };
            transaction.Save(run.Begin(transaction.Now));
            return 0;
        });
        var scheduler = new Scheduler(
            new([dag with { MaxActiveTasks = MaxActiveTasks }, .. (before ?? []).Select(other => other.Dag)]),
            store,
            new Work(work),
            new(Worker)
            {
                Parallelism = MaxActiveTasks,
                OwnRunsOnly = true,
                Seed = interval.GetHashCode(),
            },
            clock,
            events is null ? null : new Listener(events)
        );
        await scheduler.RunAsync(reader => !reader.Find(dag.Id, interval.Start)!.IsActive, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
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
