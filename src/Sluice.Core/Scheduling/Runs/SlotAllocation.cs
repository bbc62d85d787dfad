namespace Sluice.Core.Scheduling.Runs;

/// <summary>Gives slots to tasks that are ready.</summary>
public static class SlotAllocation
{
    /// <summary>Those that get one: by weight, then the earliest logical date, then as they came.</summary>
    /// <param name="ready">The tasks, in order.</param>
    /// <param name="pools">Slots of each pool, by name; <see cref="Pools.Default"/> need not be among them.</param>
    /// <param name="held">The pools and DAGs of the tasks that hold slots.</param>
    public static IReadOnlyList<ReadyTask> Choose(
        IEnumerable<ReadyTask> ready,
        IReadOnlyDictionary<string, int> pools,
        IEnumerable<(string Pool, string DagId)> held
    )
    {
        ArgumentNullException.ThrowIfNull(pools);
        var (inPool, inDag) = (new Counter(), new Counter());
        foreach (var (pool, dag) in held)
        {
            inPool.Add(pool);
            inDag.Add(dag);
        }

        var chosen = new List<ReadyTask>();
        foreach (
            var task in ready.OrderByDescending(task => task.Task.PriorityWeight).ThenBy(task => task.Interval.Start)
        )
        {
            var slots = pools.GetValueOrDefault(task.Task.Pool, Pools.DefaultSlots);
            if (inPool.Of(task.Task.Pool) < slots && inDag.Of(task.Dag.Id) < task.Dag.MaxActiveTasks)
            {
                inPool.Add(task.Task.Pool);
                inDag.Add(task.Dag.Id);
                chosen.Add(task);
            }
        }

        return chosen;
    }

    private sealed class Counter
    {
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public int Of(string name) => _counts.GetValueOrDefault(name);

        public void Add(string name) => _counts[name] = Of(name) + 1;
    }
}
