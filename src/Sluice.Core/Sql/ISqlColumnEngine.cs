namespace Sluice.Core.Sql;

/// <summary>Runs SELECT statements whose many rows are wanted column by column.</summary>
public interface ISqlColumnEngine
{
    /// <summary>Runs a SELECT whose columns are BIGINT, UTINYINT or VARCHAR. Dispose the result to free the engine.</summary>
    /// <exception cref="PipelineException">The statement is wrong, is no single SELECT, or a file is damaged.</exception>
    Task<SqlColumns> ReadColumnsAsync(SqlQuery query, CancellationToken cancellationToken = default);
}
