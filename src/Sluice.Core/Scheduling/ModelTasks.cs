using Sluice.Core.Models;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;

namespace Sluice.Core.Scheduling;

/// <summary>What the model and index tasks of a DAG need around them: their inputs pinned before, one build after.</summary>
/// <remarks>
/// The inputs are pinned once, after everything that a model or index waits for and that does not itself come after a model. A model comes
/// after the models it reads, as far as the DAG has them; what it reads of others is as it was built last.
/// </remarks>
public static class ModelTasks
{
    /// <summary>The ids of the tasks that are added.</summary>
    public static IReadOnlyList<string> Ids { get; } = [DefaultDags.Start, DefaultDags.Tests, DefaultDags.Publish];

    /// <summary>Whether a task builds a model or an index.</summary>
    public static bool IsOfModels(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Work is TaskWork.Model or TaskWork.Index;
    }

    /// <summary>The tasks with what they need; the same ones where no model is among them.</summary>
    /// <param name="project">The project.</param>
    /// <param name="tasks">The tasks, in any order; none has one of <see cref="Ids"/>.</param>
    public static IReadOnlyList<TaskDefinition> Complete(ProjectDefinition project, IReadOnlyList<TaskDefinition> tasks)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(tasks);
        var own = tasks.Where(IsOfModels).ToList();
        if (own.Count == 0)
        {
            return tasks;
        }

        var late = After(tasks, [.. own.Select(task => task.Id), .. Ids]);
        string[] before = [.. own.SelectMany(task => task.Upstream).Where(id => !late.Contains(id)).Distinct()];
        var idOf = own.Where(task => task.Work is TaskWork.Model)
            .ToLookup(task => ((TaskWork.Model)task.Work).Name, task => task.Id, StringComparer.Ordinal);
        string[] models = [.. idOf.SelectMany(ids => ids)];
        TaskDefinition[] tests =
            TestPlaces.Late(project).Count == 0
                ? []
                : [new(DefaultDags.Tests, new TaskWork.DataTests(), [DefaultDags.Start, .. models])];
        return
        [
            new(DefaultDags.Start, new TaskWork.PinInputs(), before),
            .. tasks.Select(task => IsOfModels(task) ? Placed(task) : task),
            .. tests,
            new(
                DefaultDags.Publish,
                new TaskWork.PublishBuild(),
                [DefaultDags.Start, .. own.Select(task => task.Id), .. tests.Select(test => test.Id)]
            ),
        ];

        TaskDefinition Placed(TaskDefinition task)
        {
            var read = InputsOf(project, task.Work).SelectMany(name => Nearest(project.Models, name, idOf));
            string[] upstream = [.. task.Upstream.Where(late.Contains).Concat(read).Distinct()];
            return task with { Upstream = upstream is [] ? [DefaultDags.Start] : upstream };
        }
    }

    // All that come after some tasks, and these.
    private static HashSet<string> After(IReadOnlyList<TaskDefinition> tasks, IEnumerable<string> ids)
    {
        var found = new HashSet<string>(ids, StringComparer.Ordinal);
        for (var before = 0; before < found.Count; )
        {
            before = found.Count;
            found.UnionWith(tasks.Where(task => task.Upstream.Any(found.Contains)).Select(task => task.Id).ToList());
        }

        return found;
    }

    private static IEnumerable<string> InputsOf(ProjectDefinition project, TaskWork work) =>
        work switch
        {
            TaskWork.Model model => project.Models.Get(model.Name).Refs,
            TaskWork.Index index => project.Users is { } users && users.Table != index.Table
                ? [index.Table, users.Table]
                : [index.Table],
            _ => [],
        };

    // The model's own task, or those of the nearest models before it that have one.
    private static IEnumerable<string> Nearest(ModelGraph models, string name, ILookup<string, string> idOf)
    {
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>([name]));
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (idOf.Contains(next))
            {
                yield return idOf[next].First();
            }
            else if (models.Ordered.Any(model => model.Name == next))
            {
                models.Get(next).Refs.ToList().ForEach(open.Enqueue);
            }
        }
    }
}
