using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Store;

/// <summary>A run store that lasts as long as its process.</summary>
/// <param name="clock">Its clock.</param>
public sealed class MemoryRunStore(TimeProvider clock) : IRunStore
{
    private readonly Lock _gate = new();
    private Contents _contents = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public T Read<T>(Func<IRunReader, T> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        lock (_gate)
        {
            return look(new Transaction(_contents, clock.GetUtcNow()));
        }
    }

    /// <inheritdoc/>
    public T Write<T>(Func<IRunTransaction, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
        {
            var copy = _contents.Copy();
            var result = change(new Transaction(copy, clock.GetUtcNow()));
            var isChanged = copy.Change != _contents.Change;
            _contents = copy;
            if (isChanged)
            {
                _changed.TrySetResult();
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return result;
        }
    }

    /// <inheritdoc/>
    public async Task WaitAsync(long since, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_gate)
        {
            if (_contents.Change > since)
            {
                return;
            }

            changed = _changed.Task;
        }

        await Task.WhenAny(changed, Task.Delay(atMost, clock, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Contents
    {
        public Dictionary<(string DagId, DateTimeOffset Start), DagRun> Runs { get; init; } = [];
        public Dictionary<string, DagRecord> Dags { get; init; } = new(StringComparer.Ordinal);
        public Dictionary<string, long> Changes { get; init; } = new(StringComparer.Ordinal);
        public Dictionary<string, DateTimeOffset> Workers { get; init; } = new(StringComparer.Ordinal);
        public long Change { get; set; }
        public long Token { get; set; }

        public Contents Copy() =>
            new()
            {
                Runs = new(Runs),
                Dags = new(Dags, StringComparer.Ordinal),
                Changes = new(Changes, StringComparer.Ordinal),
                Workers = new(Workers, StringComparer.Ordinal),
                Change = Change,
                Token = Token,
            };
    }

    private sealed class Transaction(Contents contents, DateTimeOffset now) : IRunTransaction
    {
        public DateTimeOffset Now => now;

        public long Change => contents.Change;

        public IReadOnlyList<string> ChangedSince(long change) =>
            [.. contents.Changes.Where(dag => dag.Value > change).Select(dag => dag.Key).Order(StringComparer.Ordinal)];

        public DagRecord Dag(string dagId) => contents.Dags.GetValueOrDefault(dagId);

        public DagRun? Find(string dagId, DateTimeOffset start) => contents.Runs.GetValueOrDefault((dagId, start));

        public IReadOnlyList<DagRun> Active(string dagId) => [.. Of(dagId).Where(run => run.IsActive)];

        public IReadOnlyList<DagRun> Latest(string dagId, int most) => [.. Of(dagId).Reverse().Take(most)];

        public IReadOnlyList<DagRun> Between(string dagId, DateTimeOffset from, DateTimeOffset before) =>
            [.. Of(dagId).Where(run => run.Interval.Start >= from && run.Interval.Start < before)];

        public IReadOnlyList<HeldSlot> Held() =>
            [
                .. from run in contents.Runs.Values
                from task in run.Tasks
                where task.Value.State.HoldsSlot()
                orderby run.DagId, run.Interval.Start, task.Key
                select new HeldSlot(run.DagId, run.Interval.Start, task.Key, task.Value.Claim?.Worker ?? ""),
            ];

        public IReadOnlyList<WorkerRecord> Workers() =>
            [
                .. contents
                    .Workers.Select(worker => new WorkerRecord(worker.Key, worker.Value))
                    .OrderBy(worker => worker.Id, StringComparer.Ordinal),
            ];

        public void Save(DagRun run)
        {
            contents.Runs[(run.DagId, run.Interval.Start)] = run;
            Changed(run.DagId);
        }

        public void SaveLatest(string dagId, DataInterval interval)
        {
            contents.Dags[dagId] = Dag(dagId) with { Latest = interval };
            Changed(dagId);
        }

        public void SavePaused(string dagId, bool isPaused)
        {
            contents.Dags[dagId] = Dag(dagId) with { IsPaused = isPaused };
            Changed(dagId);
        }

        public long NextToken() => ++contents.Token;

        public void RaiseTokens(long above) => contents.Token = Math.Max(contents.Token, above);

        public void Renew(string worker, TimeSpan lease) => contents.Workers[worker] = now + lease;

        public void Remove(string worker) => contents.Workers.Remove(worker);

        private IEnumerable<DagRun> Of(string dagId) =>
            contents.Runs.Values.Where(run => run.DagId == dagId).OrderBy(run => run.Interval.Start);

        private void Changed(string dagId) => contents.Changes[dagId] = ++contents.Change;
    }
}
