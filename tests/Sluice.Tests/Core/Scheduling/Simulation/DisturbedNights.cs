using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;

namespace Sluice.Tests.Core.Scheduling.Simulation;

/// <summary>
/// Two schedulers over one store while somebody clears, marks, triggers, fills back and pauses, and schedulers die with their tasks.
/// What must always hold is checked after every step. No time passes but what it makes pass.
/// </summary>
internal sealed class DisturbedNights
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly Dictionary<string, string> NoParams = new(StringComparer.Ordinal);

    private readonly RandomDags _world;
    private readonly Random _random;
    private readonly DagSet _dags;
    private readonly FakeTimeProvider _clock;
    private readonly IRunStore _store;
    private readonly List<(TaskTry Try, DateTimeOffset Ends)> _work = [];
    private int _workers;
    private long _token;

    public DisturbedNights(RandomDags world, FakeTimeProvider clock, IRunStore store)
    {
        (_world, _random, _dags) = (world, new Random(world.Seed), new DagSet(world.Dags));
        (_clock, _store) = (clock, store);
    }

    /// <summary>How often something was asked for.</summary>
    public int Requests { get; private set; }

    /// <summary>How often a word came too late: of a task that was cleared, marked or given to another worker.</summary>
    public int TooLate { get; private set; }

    /// <summary>All runs.</summary>
    public IReadOnlyList<DagRun> Runs =>
        _store.Read(store => _dags.All.SelectMany(dag => store.Latest(dag.Id, 10_000)).ToList());

    /// <summary>Goes on until an instant.</summary>
    /// <param name="end">The instant.</param>
    /// <param name="isDisturbed">Whether somebody asks for things and schedulers die.</param>
    public void RunUntil(DateTimeOffset end, bool isDisturbed)
    {
        while (_clock.GetUtcNow() < end)
        {
            Finish();
            if (isDisturbed && _random.Next(3) == 0)
            {
                Requests++;
                _store.Write(store => Ask(store));
                Check();
            }

            if (isDisturbed && _random.Next(20) == 0)
            {
                // Its tasks go with it, and nobody hears of it before its lease is over.
                var dead = Worker();
                _work.RemoveAll(work => work.Try.Claim.Worker == dead);
                _workers++;
            }

            var wake = Plan();
            var ends = _work.Select(work => (DateTimeOffset?)work.Ends).Min();
            var next = new[] { wake, ends, _clock.GetUtcNow() + Lease }.Min() ?? end;
            // What is due at once is due again when something has changed.
            next = next > _clock.GetUtcNow() ? next : _clock.GetUtcNow() + TimeSpan.FromSeconds(1);
            var step = isDisturbed ? next : Later(wake, ends, end);
            _clock.Advance((step < end ? step : end) - _clock.GetUtcNow());
        }
    }

    /// <summary>Lets all DAGs go on.</summary>
    public void Resume() =>
        _store.Write(store =>
        {
            _world.Dags.ToList().ForEach(dag => store.SavePaused(dag.Id, isPaused: false));
            return 0;
        });

    private DateTimeOffset Later(DateTimeOffset? wake, DateTimeOffset? ends, DateTimeOffset end)
    {
        var now = _clock.GetUtcNow();
        var next = wake is { } one && ends is { } other ? (one < other ? one : other) : wake ?? ends ?? end;
        // A dead scheduler's tasks are free once its lease is over.
        var held = _store.Read(store => store.Held().Count) > _work.Count ? now + Lease : end;
        next = held < next ? held : next;
        return next > now ? next : now + TimeSpan.FromSeconds(1);
    }

    private string Worker() => FormattableString.Invariant($"w{_workers - _random.Next(2)}");

    private DateTimeOffset? Plan()
    {
        var options = new SchedulerOptions(Worker()) { Pools = _world.Slots, Lease = Lease };
        var planned = _store.Write(store =>
        {
            store.Renew(options.Worker, Lease);
            LostWorkers.Reap(store, _dags, options, _random.NextDouble);
            return new StorePlanning(_dags, options, _random.NextDouble).Plan(
                store,
                _dags.All.Select(dag => dag.Id),
                free: _random.Next(1, 9)
            );
        });
        foreach (var claimed in planned.Claimed)
        {
            AssertMayStart(claimed.Task, claimed.Run);
            Assert.True(claimed.Claim.Token > _token, "A token was drawn twice.");
            _token = claimed.Claim.Token;
            _work.Add((claimed, _clock.GetUtcNow() + _world.Duration()));
        }

        // Other schedulers give up what is no longer theirs, at once or a while later.
        if (_random.Next(2) == 0)
        {
            TooLate += _work.RemoveAll(work => !_store.Read(store => TryEnding.IsHeld(store, work.Try)));
        }

        Check();
        return planned.Wakes.Values.Min();
    }

    private void Finish()
    {
        foreach (var work in _work.Where(work => work.Ends <= _clock.GetUtcNow()).ToList())
        {
            _work.Remove(work);
            var before = _store.Read(store => store.Change);
            var isHeld = _store.Read(store => TryEnding.IsHeld(store, work.Try));
            var saved = _store.Write(store => TryEnding.Save(store, End(work.Try), _random.NextDouble()));
            Assert.Equal(isHeld, saved is not null);
            if (!isHeld)
            {
                TooLate++;
                Assert.Equal(before, _store.Read(store => store.Change));
            }
        }
    }

    private TaskTryEnd End(TaskTry attempt)
    {
        var fate = _random.NextDouble();
        var kind =
            fate < _world.Faults.Failure ? TaskTryEndKind.Failed
            : fate < _world.Faults.Failure + _world.Faults.Loss ? TaskTryEndKind.Lost
            : fate < _world.Faults.Failure + _world.Faults.Loss + _world.Faults.HandBack ? TaskTryEndKind.Stopped
            : TaskTryEndKind.Done;
        return new(
            attempt,
            kind,
            TimeSpan.Zero,
            kind == TaskTryEndKind.Done ? new TaskOutcome() : null,
            kind == TaskTryEndKind.Failed ? new InvalidOperationException("failed") : null
        );
    }

    private int Ask(IRunTransaction store)
    {
        var dag = _world.Dags[_random.Next(_world.Dags.Count)];
        var runs = store.Latest(dag.Id, 10);
        var run = runs.Count == 0 ? null : runs[_random.Next(runs.Count)];
        var task = _random.Next(3) == 0 ? null : dag.Tasks[_random.Next(dag.Tasks.Count)].Id;
        switch (_random.Next(6))
        {
            case 0 when run is not null:
                new RunClearing(_dags).Clear(
                    store,
                    run,
                    [.. task is null ? dag.Tasks.Select(all => all.Id) : dag.WithDownstream(task)]
                );
                break;
            case 1 when run is not null:
                store.Save(run.Mark(dag, task, _random.Next(2) == 0 ? TaskState.Success : TaskState.Failed, store.Now));
                break;
            case 2:
                store.SavePaused(dag.Id, _random.Next(3) == 0);
                break;
            case 3 when dag.Timetable.LastEndedBy(store.Now) is { } last && store.Find(dag.Id, last.Start) is null:
                RunRequests.Trigger(store, dag, last, NoParams);
                break;
            case 4:
                Backfill(store, dag);
                break;
        }

        return 0;
    }

    private void Backfill(IRunTransaction store, DagDefinition dag)
    {
        var from = _world.Start.AddDays(_random.Next(-3, 6));
        try
        {
            RunRequests.Backfill(
                store,
                dag,
                RunRequests.PlanBackfill(
                    store,
                    dag,
                    from,
                    from.AddDays(_random.Next(1, 3)),
                    (Reprocess)_random.Next(3)
                ),
                new RunClearing(_dags)
            );
        }
        catch (Sluice.Core.DefinitionException none)
        {
            Assert.Contains("has no interval that begins", none.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertMayStart(TaskDefinition task, DagRun run)
    {
        Assert.Equal(RunState.Running, run.State);
        var upstream = task.Upstream.Select(id => run.Task(id).State).ToList();
        Assert.True(
            task.TriggerRule switch
            {
                TriggerRule.AllSuccess => upstream.TrueForAll(state => state == TaskState.Success),
                TriggerRule.OneFailed => upstream.Count == 0
                    || upstream.Exists(state => state is TaskState.Failed or TaskState.UpstreamFailed),
                _ => upstream.TrueForAll(state => state.IsFinished()),
            },
            $"{task.Id} began after {string.Join(", ", upstream)} by {task.TriggerRule}."
        );
    }

    private void Check() =>
        _store.Read(store =>
        {
            var held = store.Held();
            var pools = held.GroupBy(slot => _dags.Get(slot.DagId).Tasks.Single(task => task.Id == slot.TaskId).Pool);
            Assert.All(
                pools,
                pool => Assert.True(pool.Count() <= _world.Slots.GetValueOrDefault(pool.Key, Pools.DefaultSlots))
            );
            foreach (var dag in _world.Dags)
            {
                Assert.True(held.Count(slot => slot.DagId == dag.Id) <= dag.MaxActiveTasks);
                var active = store.Active(dag.Id);
                Assert.True(active.Count(run => run.State == RunState.Running) <= dag.MaxActiveRuns, "Too many runs.");
                Assert.All(active, run => AssertWhole(dag, run));
            }

            return 0;
        });

    // A run that is over has no task that could yet run; what waits for a retry has a time for it.
    private static void AssertWhole(DagDefinition dag, DagRun run) =>
        Assert.All(
            dag.Tasks.Select(task => run.Task(task.Id)),
            task => Assert.Equal(task.State == TaskState.UpForRetry, task.RetryAt is not null)
        );
}
