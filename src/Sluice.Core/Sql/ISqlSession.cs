using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>An engine with some tables before it, for several statements one after another. For one thread.</summary>
public interface ISqlSession : IAsyncDisposable
{
    /// <summary>Puts one more table before the engine, or another one in the place of one of the same name.</summary>
    /// <exception cref="PipelineException">A statement that gives its rows is wrong.</exception>
    Task AddAsync(SqlRelation relation, string subject, CancellationToken cancellationToken = default);

    /// <summary>The columns that a SELECT gives, without running it.</summary>
    /// <exception cref="PipelineException">The statement is wrong, or a column has a type that the lake cannot hold.</exception>
    Task<TableSchema> DescribeAsync(string text, string subject, CancellationToken cancellationToken = default);

    /// <summary>Runs a SELECT and streams its rows; the next statement waits until the result is disposed of.</summary>
    /// <param name="text">The statement; tables are named as in <see cref="SqlQuery.Text"/>.</param>
    /// <param name="subject">What the statement is, for messages.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <exception cref="PipelineException">The statement is wrong, is no single SELECT, or a file is damaged.</exception>
    Task<SqlResult> QueryAsync(string text, string subject, CancellationToken cancellationToken = default);
}
