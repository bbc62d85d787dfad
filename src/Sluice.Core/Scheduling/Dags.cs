using Sluice.Core.Projects;

namespace Sluice.Core.Scheduling;

/// <summary>The DAGs of a project, and how they are found.</summary>
public static class Dags
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DagDefinition> Of(ProjectDefinition project) =>
        [DefaultDags.Extraction(project), DefaultDags.Modeling(project)];

    /// <summary>The DAG of an id.</summary>
    /// <exception cref="DefinitionException">There is none.</exception>
    public static DagDefinition Find(ProjectDefinition project, string id)
    {
        var dags = Of(project);
        return dags.FirstOrDefault(dag => dag.Id == id)
            ?? throw new DefinitionException($"There is no DAG '{id}'.", Known(id, dags.Select(dag => dag.Id)));
    }

    /// <summary>The task of an id.</summary>
    /// <exception cref="DefinitionException">The DAG has none.</exception>
    public static TaskDefinition FindTask(DagDefinition dag, string id)
    {
        ArgumentNullException.ThrowIfNull(dag);
        return dag.Tasks.FirstOrDefault(task => task.Id == id)
            ?? throw new DefinitionException(
                $"The DAG {dag.Id} has no task '{id}'.",
                Known(id, dag.Tasks.Select(task => task.Id))
            );
    }

    private static string Known(string wanted, IEnumerable<string> ids)
    {
        var known = ids.ToList();
        var nearest = Nearest.Find(wanted, known) is { } best ? $"Did you mean '{best}'? " : "";
        return $"{nearest}There are: {string.Join(", ", known)}.";
    }
}
