namespace Sluice.Core.Scheduling.Airflow;

/// <summary>Writes DAGs as files for Airflow 3, whose tasks call <c>sluice tasks run</c>.</summary>
public static class AirflowExport
{
    /// <summary>The beginning of the names of DAG files.</summary>
    public const string Prefix = "sluice_";

    /// <summary>A file for each DAG, and one that tests them.</summary>
    /// <param name="dags">The DAGs, without problems.</param>
    /// <param name="folder">The project's folder on the machines where Airflow runs tasks.</param>
    /// <exception cref="DefinitionException">Airflow cannot do what one of them does; all problems are named.</exception>
    public static IReadOnlyList<AirflowFile> Files(IReadOnlyList<DagDefinition> dags, string folder)
    {
        ArgumentNullException.ThrowIfNull(dags);
        ArgumentNullException.ThrowIfNull(folder);
        var problems = dags.SelectMany(AirflowLimits.Problems).ToList();
        if (problems.Count > 0)
        {
            throw new DefinitionException(problems);
        }

        var byId = dags.ToDictionary(dag => dag.Id, StringComparer.Ordinal);
        return
        [
            .. dags.Select(dag => new AirflowFile(
                $"{Prefix}{dag.Id}.py",
                new AirflowDagWriter(dag, byId, folder).Write()
            )),
            new("test_dags.py", AirflowTests.Of(dags)),
        ];
    }
}
