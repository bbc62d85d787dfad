namespace Sluice.Core.Scheduling;

/// <summary>Puts tasks after those they wait for.</summary>
public static class TaskOrder
{
    /// <summary>The tasks in such an order, else as they were written; or a circle of them.</summary>
    /// <param name="tasks">The tasks, of different ids; what they wait for is among them.</param>
    /// <returns>The tasks, with null; or those of a circle, each after the one it waits for, with the ids.</returns>
    public static (IReadOnlyList<TaskDefinition> Ordered, IReadOnlyList<string>? Circle) Sort(
        IReadOnlyList<TaskDefinition> tasks
    )
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var byId = tasks.ToDictionary(task => task.Id, StringComparer.Ordinal);
        var (ordered, placed) = (new List<TaskDefinition>(), new HashSet<string>(StringComparer.Ordinal));
        var path = new List<string>();
        IReadOnlyList<string>? circle = null;
        foreach (var task in tasks)
        {
            if (!Place(task))
            {
                return ([], circle);
            }
        }

        return (ordered, null);

        bool Place(TaskDefinition task)
        {
            if (placed.Contains(task.Id))
            {
                return true;
            }

            if (path.IndexOf(task.Id) is var begin and >= 0)
            {
                circle = path[begin..];
                return false;
            }

            path.Add(task.Id);
            if (!task.Upstream.All(id => Place(byId[id])))
            {
                return false;
            }

            path.RemoveAt(path.Count - 1);
            placed.Add(task.Id);
            ordered.Add(task);
            return true;
        }
    }
}
