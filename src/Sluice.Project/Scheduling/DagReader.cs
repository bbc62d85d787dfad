using Sluice.Core;
using Sluice.Core.Projects;
using Sluice.Core.Scheduling;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads the section <c>dags</c>, and adds the pair that follows from tables and models.</summary>
internal static class DagReader
{
    private const string Section = "dags";

    /// <summary>All DAGs of a project: the pair, then the others as they are written.</summary>
    /// <param name="yaml">The file.</param>
    /// <param name="project">The project, its pools read and its DAGs not.</param>
    /// <param name="modelsAreKnown">Whether its models are all there.</param>
    public static IReadOnlyList<DagDefinition> Read(YamlMap yaml, ProjectDefinition project, bool modelsAreKnown)
    {
        var section = yaml.Map(Section);
        var written = section?.Keys.Select(key => key.Key).ToList() ?? [];
        var pair = DefaultDags.Of(project);
        var scope = new DagScope(
            project,
            modelsAreKnown,
            [.. pair.Select(dag => dag.Id).Union(written, StringComparer.Ordinal)]
        );
        var dags = scope
            .DagIds.Select(id =>
                written.Contains(id)
                    ? ReadDag(section!, id, pair.FirstOrDefault(dag => dag.Id == id), scope)
                    : pair.First(dag => dag.Id == id)
            )
            .OfType<DagDefinition>()
            .ToList();
        // Where a DAG or a model could not be read, there is no telling what is missing.
        foreach (var problem in modelsAreKnown && dags.Count == scope.DagIds.Count ? DagCheck.Problems(dags) : [])
        {
            Report(yaml, section, problem, dags);
        }

        return dags;
    }

    private static DagDefinition? ReadDag(YamlMap section, string id, DagDefinition? generated, DagScope scope)
    {
        if (!TaskReader.IsId(id))
        {
            section.Report(id, $"a DAG cannot be called '{id}'.", TaskReader.IdHint);
            return null;
        }

        if (section.Map(id) is not { } yaml)
        {
            // Nothing is changed of what is generated.
            if (generated is null)
            {
                section.Report(id, $"the DAG '{id}' says nothing.", "Write at least tasks.");
            }

            return generated;
        }

        var (dag, defaults) = DagSettingsReader.Over(yaml, generated ?? new(id, []), scope);
        if (yaml.Has("tasks"))
        {
            return TaskListReader.Read(yaml, dag, defaults, scope);
        }

        if (generated is null)
        {
            yaml.Report(
                null,
                $"the DAG '{id}' has no tasks.",
                Nearest.Find(id, [DefaultDags.FunnelPipeline, DefaultDags.DimensionModeling]) is { } near
                    ? $"Did you mean '{near}'? Only the tasks of the generated pair need not be written."
                    : "List them under tasks:, for example  load_users: {extract: app.users}"
            );
            return null;
        }

        return dag with
        {
            Tasks = [.. dag.Tasks.Select(task => TaskPolicyReader.As(defaults, task))],
        };
    }

    // A task that is generated has no line: that of its DAG, or of the DAG that it waits for.
    private static void Report(YamlMap yaml, YamlMap? section, DagProblem problem, IReadOnlyList<DagDefinition> dags)
    {
        var message = $"{problem.DagId}.{problem.TaskId}: {problem.Message}";
        var tasks =
            section is not null && section.IsMap(problem.DagId) ? section.Map(problem.DagId)!.Map("tasks") : null;
        var work = dags.First(dag => dag.Id == problem.DagId).Tasks.First(task => task.Id == problem.TaskId).Work;
        if (tasks is not null && tasks.Has(problem.TaskId))
        {
            tasks.Report(problem.TaskId, message, problem.Hint);
        }
        else if (section is not null && section.Has(problem.DagId))
        {
            section.Report(problem.DagId, message, problem.Hint);
        }
        else if (section is not null && work is TaskWork.WaitFor wait && section.Has(wait.DagId))
        {
            section.Report(wait.DagId, message, problem.Hint);
        }
        else
        {
            yaml.Report(Section, message, problem.Hint);
        }
    }
}
