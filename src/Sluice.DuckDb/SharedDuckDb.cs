using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>Runs the statements of one task on one database, which is opened for the first.</summary>
/// <param name="engine">Runs what the database does not reach.</param>
/// <param name="reach">What it reaches.</param>
/// <param name="open">Opens it.</param>
internal sealed class SharedDuckDb(
    DuckDbEngine engine,
    DatabaseReach reach,
    Func<CancellationToken, Task<DuckDbDatabase>> open
) : ISharedSqlEngine
{
    private DuckDbDatabase? _database;

    public string Name => engine.Name;

    public async Task<MaterializedQuery> MaterializeAsync(
        SqlQuery query,
        string folder,
        string name,
        CancellationToken cancellationToken = default
    ) =>
        folder == reach.Folder && reach.Covers(query.Relations)
            ? await (await ShowAsync(query, cancellationToken)).MaterializeAsync(folder, name, cancellationToken)
            : await engine.MaterializeAsync(query, folder, name, cancellationToken);

    public async Task<TableSchema> DescribeAsync(SqlQuery query, CancellationToken cancellationToken = default) =>
        reach.Covers(query.Relations)
            ? await (await ShowAsync(query, cancellationToken)).DescribeAsync(cancellationToken)
            : await engine.DescribeAsync(query, cancellationToken);

    public async Task<SqlResult> QueryAsync(SqlQuery query, CancellationToken cancellationToken = default) =>
        reach.Covers(query.Relations)
            ? await (await ShowAsync(query, cancellationToken)).QueryAsync(cancellationToken)
            : await engine.QueryAsync(query, cancellationToken);

    public async Task<ISqlSession> OpenAsync(
        IReadOnlyList<SqlRelation> relations,
        double memoryShare = 1,
        bool checksArithmetic = false,
        CancellationToken cancellationToken = default
    ) =>
        reach.Covers(relations)
            ? new DuckDbStatements(
                await ShowAsync(new("", relations) { ChecksArithmetic = checksArithmetic }, cancellationToken)
            )
            : await engine.OpenAsync(relations, memoryShare, checksArithmetic, cancellationToken);

    public ISharedSqlEngine Share(IReadOnlyList<SqlRelation> relations, string? folder, double memoryShare = 1) =>
        engine.Share(relations, folder, memoryShare);

    public Task<SqlFile> InspectAsync(string path, CancellationToken cancellationToken = default) =>
        engine.InspectAsync(path, cancellationToken);

    public int? FindLine(SqlFile file, long row) => engine.FindLine(file, row);

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<DuckDbSession> ShowAsync(SqlQuery query, CancellationToken cancellationToken)
    {
        _database ??= await open(cancellationToken);
        return await _database.ShowAsync(query, isOwned: false, cancellationToken);
    }
}
