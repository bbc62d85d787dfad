namespace Sluice.Core.Scheduling.Service;

/// <summary>The DAGs of a project, and who waits for whom.</summary>
public sealed class DagSet
{
    private readonly Dictionary<string, DagDefinition> _dags;
    private readonly ILookup<string, string> _waiters;

    /// <summary>Creates it.</summary>
    /// <param name="dags">The DAGs, of different ids.</param>
    public DagSet(IReadOnlyList<DagDefinition> dags)
    {
        ArgumentNullException.ThrowIfNull(dags);
        All = dags;
        _dags = dags.ToDictionary(dag => dag.Id, StringComparer.Ordinal);
        _waiters = dags.SelectMany(dag =>
                dag.Tasks.Select(task => task.Work)
                    .OfType<TaskWork.WaitFor>()
                    .Select(wait => wait.DagId)
                    .Distinct()
                    .Select(target => (Target: target, Waiter: dag.Id))
            )
            .ToLookup(pair => pair.Target, pair => pair.Waiter, StringComparer.Ordinal);
    }

    /// <summary>All, as they were written.</summary>
    public IReadOnlyList<DagDefinition> All { get; }

    /// <summary>All, by id.</summary>
    public IReadOnlyDictionary<string, DagDefinition> ById => _dags;

    /// <summary>The DAGs with waits for one.</summary>
    public IEnumerable<string> WaitersFor(string dagId) => _waiters[dagId];

    /// <summary>A DAG.</summary>
    /// <exception cref="DefinitionException">There is no such DAG.</exception>
    public DagDefinition Get(string dagId) =>
        _dags.TryGetValue(dagId, out var dag)
            ? dag
            : throw new DefinitionException(
                $"There is no DAG '{dagId}'.",
                Nearest.Among(dagId, All.Select(known => known.Id))
            );
}
