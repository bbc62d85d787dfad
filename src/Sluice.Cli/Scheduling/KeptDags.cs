using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.Store;

namespace Sluice.Cli.Scheduling;

/// <summary>The DAGs whose runs can be looked at: those of the project, and those that it no longer has.</summary>
/// <param name="dags">Those of the project.</param>
/// <param name="zone">The zone of the logical dates of the others.</param>
internal sealed class KeptDags(DagSet dags, TimeZoneInfo zone)
{
    /// <summary>Those of the project first.</summary>
    public IEnumerable<DagDefinition> All(IRunReader store) =>
        [.. dags.All, .. store.ChangedSince(0).Where(id => IsKept(store, id)).Select(Gone)];

    /// <summary>One of them; that of a DAG which the project no longer has knows no tasks.</summary>
    /// <exception cref="Sluice.Core.DefinitionException">There is no such DAG, and never was.</exception>
    public DagDefinition Get(IRunReader store, string id) => IsKept(store, id) ? Gone(id) : dags.Get(id);

    /// <summary>Whether the project has it.</summary>
    public bool IsThere(string id) => dags.ById.ContainsKey(id);

    /// <summary>The tasks of a run: those of its DAG, and then those that the DAG no longer has.</summary>
    public static IEnumerable<string> TasksOf(DagDefinition dag, DagRun run)
    {
        var known = dag.Tasks.Select(task => task.Id).ToList();
        return known.Concat(run.Tasks.Keys.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private bool IsKept(IRunReader store, string id) => !IsThere(id) && store.Latest(id, 1).Count > 0;

    private DagDefinition Gone(string id) => new(id, []) { TimeZone = zone };
}
