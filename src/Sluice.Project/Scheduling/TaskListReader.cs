using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads the tasks of a DAG and puts them in order.</summary>
internal static class TaskListReader
{
    /// <summary>The DAG with the tasks that are written; null, with the problem told, where they have no order.</summary>
    /// <param name="yaml">The DAG.</param>
    /// <param name="dag">What is written of it besides.</param>
    /// <param name="defaults">A task that has what <c>default_args</c> says.</param>
    /// <param name="scope">The project around it.</param>
    public static DagDefinition? Read(YamlMap yaml, DagDefinition dag, TaskDefinition defaults, DagScope scope)
    {
        if (yaml.Map("tasks") is not { } section)
        {
            yaml.Report(
                "tasks",
                $"the DAG '{dag.Id}' has no tasks.",
                "List them, for example  load_users: {extract: app.users}"
            );
            return null;
        }

        var written = section.Keys.Select(key => TaskReader.Read(section, key.Key, dag, defaults, scope)).ToList();
        var hasModels = written.Exists(ModelTasks.IsOfModels);
        foreach (
            var taken in written.Where(task => hasModels && ModelTasks.Ids.Contains(task.Id, StringComparer.Ordinal))
        )
        {
            section.Report(
                taken.Id,
                $"the id '{taken.Id}' belongs to a task that is made for the models of the DAG.",
                "Give this one another id."
            );
            return null;
        }

        ReportTwice(section, written);
        var tasks = WithKnownUpstream(section, written, scope);
        var (ordered, circle) = TaskOrder.Sort(tasks);
        if (circle is not null)
        {
            section.Report(
                circle.FirstOrDefault(section.Has),
                $"{dag.Id}: tasks wait for each other: {string.Join(" → ", circle.Append(circle[0]))}.",
                "Each waits for the one after the arrow. Take one of them out of depends_on."
            );
            return null;
        }

        var read = dag with
        {
            Tasks = [.. ordered.Select(task => section.Has(task.Id) ? task : TaskPolicyReader.As(defaults, task))],
            Delay = yaml.Has("delay") ? dag.Delay : LagOf(ordered, scope),
        };
        ReportEarlyQuestions(section, read);
        return read;
    }

    private static IReadOnlyList<TaskDefinition> WithKnownUpstream(
        YamlMap section,
        List<TaskDefinition> written,
        DagScope scope
    )
    {
        // What is made for models is there to be waited for, too.
        var known = ModelTasks
            .Complete(scope.Project, [.. written.Select(task => task with { Upstream = [] })])
            .Select(task => task.Id)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var task in written)
        {
            var yaml = section.IsMap(task.Id) ? section.Map(task.Id)! : null;
            foreach (var item in yaml?.Items("depends_on").Where(item => !known.Contains(item.Text ?? "")) ?? [])
            {
                yaml!.ReportAt(
                    item,
                    $"the DAG has no task '{item.Text}' to depend on.",
                    Nearest.Suggest(item.Text ?? "", known.Where(id => id != task.Id))
                );
            }
        }

        return ModelTasks.Complete(
            scope.Project,
            [.. written.Select(task => task with { Upstream = [.. task.Upstream.Where(known.Contains)] })]
        );
    }

    private static void ReportTwice(YamlMap section, List<TaskDefinition> written)
    {
        foreach (
            var same in written.Where(ModelTasks.IsOfModels).GroupBy(task => task.Work).Where(same => same.Count() > 1)
        )
        {
            section.Report(
                same.Last().Id,
                $"'{same.First().Id}' and '{same.Last().Id}' do the same, and a run does it once.",
                "Take one of them away."
            );
        }
    }

    // The rows it would see are those of the build before.
    private static void ReportEarlyQuestions(YamlMap section, DagDefinition dag)
    {
        var late = dag
            .Tasks.Where(ModelTasks.IsOfModels)
            .SelectMany(task => dag.WithDownstream(task.Id))
            .ToHashSet(StringComparer.Ordinal);
        if (late.Count == 0)
        {
            return;
        }

        var published = dag.WithDownstream(DefaultDags.Publish);
        foreach (
            var task in dag.Tasks.Where(task =>
                task.Work is TaskWork.Sql && late.Contains(task.Id) && !published.Contains(task.Id)
            )
        )
        {
            section.Report(
                task.Id,
                $"'{task.Id}' comes after a model, but asks before its build is published.",
                $"Let it depend on {DefaultDags.Publish}."
            );
        }
    }

    private static TimeSpan LagOf(IEnumerable<TaskDefinition> tasks, DagScope scope)
    {
        var loaded = tasks.Select(task => task.Work).OfType<TaskWork.Extract>().Select(load => load.Source).ToHashSet();
        return DefaultDags.SafetyLag(scope.Project.Sources.Where(source => loaded.Contains(source.Name)));
    }
}
