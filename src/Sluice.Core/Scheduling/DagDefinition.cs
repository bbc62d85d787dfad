namespace Sluice.Core.Scheduling;

/// <summary>A directed acyclic graph of tasks, run for one data interval at a time.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Tasks">Its tasks, each after those it waits for.</param>
public sealed record DagDefinition(string Id, IReadOnlyList<TaskDefinition> Tasks)
{
    /// <summary>The DAG of some of its tasks: one that waited for a task which is left out waits for what that one waited for.</summary>
    public DagDefinition Keep(Func<TaskDefinition, bool> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        // Tasks come after those they wait for, so what stands in a task's place is known when it is met.
        var inPlaceOf = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var kept = new List<TaskDefinition>();
        foreach (var task in Tasks)
        {
            string[] upstream = [.. task.Upstream.SelectMany(id => inPlaceOf[id]).Distinct(StringComparer.Ordinal)];
            if (wanted(task))
            {
                kept.Add(task with { Upstream = upstream });
                upstream = [task.Id];
            }

            inPlaceOf[task.Id] = upstream;
        }

        return this with
        {
            Tasks = kept,
        };
    }
}
