using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Store;

/// <summary>A look at a store in memory, or a change of it: it has one to itself.</summary>
/// <param name="runs">What it begins from.</param>
/// <param name="now">The time.</param>
internal sealed class MemoryTransaction(MemoryRuns runs, DateTimeOffset now) : IRunTransaction
{
    private readonly long _change = runs.Change + 1;

    /// <summary>What it has come to.</summary>
    public MemoryRuns Runs { get; private set; } = runs;

    public DateTimeOffset Now => now;

    public long Change => Runs.Change;

    public IReadOnlyList<string> ChangedSince(long change) =>
        [.. Runs.Dags.Where(dag => dag.Value.Change > change).Select(dag => dag.Key)];

    public DagRecord Dag(string dagId) => Of(dagId).Record;

    public DagRun? Find(string dagId, DateTimeOffset start) => Of(dagId).Find(start);

    public IReadOnlyList<DagRun> Active(string dagId) => [.. Of(dagId).Busy.Values.Where(run => run.IsActive)];

    public IReadOnlyList<DagRun> Latest(string dagId, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return [.. Of(dagId).Latest(most)];
    }

    public IReadOnlyList<DagRun> Between(string dagId, DateTimeOffset from, DateTimeOffset before) =>
        [.. Of(dagId).Between(from, before)];

    public IReadOnlyList<HeldSlot> Held() =>
        [
            .. from dag in Runs.Dags.Values
            from run in dag.Busy.Values
            from task in run.Tasks.OrderBy(task => task.Key, StringComparer.Ordinal)
            where task.Value.State.HoldsSlot()
            select new HeldSlot(run.DagId, run.Interval.Start, task.Key, task.Value.Claim?.Worker ?? ""),
        ];

    public IReadOnlyList<WorkerRecord> Workers() =>
        [.. Runs.Workers.Select(worker => new WorkerRecord(worker.Key, worker.Value))];

    public void Save(DagRun run)
    {
        var (kept, dag) = (RunDifference.Storable(run), Of(run.DagId));
        if (!RunDifference.Of(dag.Find(kept.Interval.Start), kept).IsNone)
        {
            Set(kept.DagId, dag.With(kept));
        }
    }

    public void SaveLatest(string dagId, DataInterval interval) => Save(dagId, Dag(dagId) with { Latest = interval });

    public void SaveMissed(string dagId, DateTimeOffset start) => Save(dagId, Dag(dagId) with { Missed = start });

    public void SavePaused(string dagId, bool isPaused) => Save(dagId, Dag(dagId) with { IsPaused = isPaused });

    public long NextToken()
    {
        Runs = Runs with { Token = checked(Runs.Token + 1) };
        return Runs.Token;
    }

    public void RaiseTokens(long above) => Runs = Runs with { Token = Math.Max(Runs.Token, above) };

    public void Renew(string worker, TimeSpan lease) =>
        Runs = Runs with
        {
            Workers = Runs.Workers.SetItem(worker, now + lease),
            Change = Runs.Workers.ContainsKey(worker) ? Runs.Change : _change,
        };

    public void Remove(string worker)
    {
        if (Runs.Workers.ContainsKey(worker))
        {
            Runs = Runs with { Workers = Runs.Workers.Remove(worker), Change = _change };
        }
    }

    private MemoryDag Of(string dagId) => Runs.Dags.GetValueOrDefault(dagId, MemoryDag.Empty);

    private void Save(string dagId, DagRecord record)
    {
        if (Of(dagId) is var dag && dag.Record != record)
        {
            Set(dagId, dag with { Record = record });
        }
    }

    private void Set(string dagId, MemoryDag dag) =>
        Runs = Runs with { Dags = Runs.Dags.SetItem(dagId, dag with { Change = _change }), Change = _change };
}
