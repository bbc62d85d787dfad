using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>Statements over one open database.</summary>
/// <param name="session">The database.</param>
internal sealed class DuckDbStatements(DuckDbSession session) : ISqlSession
{
    public Task AddAsync(SqlRelation relation, string subject, CancellationToken cancellationToken = default) =>
        session.About(relation.Statement ?? "", subject).AddAsync(relation, cancellationToken);

    public Task<TableSchema> DescribeAsync(
        string text,
        string subject,
        CancellationToken cancellationToken = default
    ) => session.About(text, subject).DescribeAsync(cancellationToken);

    public Task<SqlResult> QueryAsync(string text, string subject, CancellationToken cancellationToken = default) =>
        session.About(text, subject).QueryAsync(cancellationToken);

    public ValueTask DisposeAsync() => session.DisposeAsync();
}
