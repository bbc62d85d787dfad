namespace Sluice.Core.Sql;

/// <summary>Runs SELECT statements over the files of table versions.</summary>
public interface ISqlEngine
{
    /// <summary>The engine's name, as models see it in <c>target.type</c>.</summary>
    string Name { get; }

    /// <summary>Runs a SELECT and writes its rows as Parquet, each column in the type it has in the lake.</summary>
    /// <param name="query">The SELECT and the tables it may read.</param>
    /// <param name="folder">An existing folder to write into; a staging area's.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <exception cref="PipelineException">The statement is wrong, or a column has a type that the lake cannot hold.</exception>
    Task<MaterializedQuery> MaterializeAsync(
        SqlQuery query,
        string folder,
        CancellationToken cancellationToken = default
    );

    /// <summary>Runs a SELECT and streams its rows. Dispose the result to free the engine.</summary>
    /// <exception cref="PipelineException">The statement is wrong, is no single SELECT, or a file is damaged.</exception>
    Task<SqlResult> QueryAsync(SqlQuery query, CancellationToken cancellationToken = default);
}
