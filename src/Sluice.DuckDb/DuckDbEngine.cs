using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.DuckDb.Files;

namespace Sluice.DuckDb;

/// <summary>Runs SELECT statements on an in-memory DuckDB over the lake's Parquet files, or over a file of the user's.</summary>
/// <remarks>
/// Each statement has a database of its own, which sees only the files it was given; <see cref="Share"/> opens one for several.
/// Thread safe.
/// </remarks>
/// <param name="options">Memory and threads.</param>
public sealed class DuckDbEngine(DuckDbOptions options) : ISqlEngine, ISqlColumnEngine
{
    /// <inheritdoc/>
    public string Name => "duckdb";

    /// <inheritdoc/>
    public async Task<MaterializedQuery> MaterializeAsync(
        SqlQuery query,
        string folder,
        string name,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var session = await DuckDbSession.OpenAsync(query, options, folder, cancellationToken);
        return await session.MaterializeAsync(folder, name, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<TableSchema> DescribeAsync(SqlQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var session = await DuckDbSession.OpenAsync(query, options, folder: null, cancellationToken);
        return await session.DescribeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<SqlResult> QueryAsync(SqlQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var session = await DuckDbSession.OpenAsync(query, options, folder: null, cancellationToken);
        try
        {
            return await session.QueryAsync(cancellationToken);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<ISqlSession> OpenAsync(
        IReadOnlyList<SqlRelation> relations,
        double memoryShare = 1,
        bool checksArithmetic = false,
        CancellationToken cancellationToken = default
    ) =>
        new DuckDbStatements(
            await DuckDbSession.OpenAsync(
                new SqlQuery("", relations) { MemoryShare = memoryShare, ChecksArithmetic = checksArithmetic },
                options,
                folder: null,
                cancellationToken
            )
        );

    /// <inheritdoc/>
    public ISharedSqlEngine Share(IReadOnlyList<SqlRelation> relations, string? folder, double memoryShare = 1)
    {
        var reach = new DatabaseReach(relations, folder);
        return new SharedDuckDb(
            this,
            reach,
            cancellationToken => DuckDbDatabase.OpenAsync(reach, options, memoryShare, cancellationToken)
        );
    }

    /// <inheritdoc/>
    public Task<SqlFile> InspectAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new FileInspection(options).InspectAsync(path, cancellationToken);
    }

    /// <inheritdoc/>
    public int? FindLine(SqlFile file, long row)
    {
        ArgumentNullException.ThrowIfNull(file);
        return FileLines.Of(file, row);
    }

    /// <inheritdoc/>
    public async Task<SqlColumns> ReadColumnsAsync(SqlQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var session = await DuckDbSession.OpenAsync(query, options, folder: null, cancellationToken);
        try
        {
            return session.Columns(await session.SingleSelectAsync(query.Text, cancellationToken));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
