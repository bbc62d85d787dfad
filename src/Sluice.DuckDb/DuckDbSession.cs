using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using Sluice.Core;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.DuckDb.Files;

namespace Sluice.DuckDb;

/// <summary>A database that shows the tables of one query. For one thread.</summary>
/// <param name="database">The database.</param>
/// <param name="query">The query.</param>
/// <param name="isOwner">Whether the database ends with it.</param>
internal sealed class DuckDbSession(DuckDbDatabase database, SqlQuery query, bool isOwner) : IAsyncDisposable
{
    private readonly SqlQuery _query = query;

    /// <summary>Opens a database that sees the query's files, and nothing else of the machine.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Memory and threads.</param>
    /// <param name="folder">The folder that it may write to; null for a query that only reads.</param>
    /// <param name="cancellationToken">Stops before the database is open.</param>
    public static async Task<DuckDbSession> OpenAsync(
        SqlQuery query,
        DuckDbOptions options,
        string? folder,
        CancellationToken cancellationToken
    )
    {
        var database = await DuckDbDatabase.OpenAsync(
            new(query.Relations, folder),
            options,
            query.MemoryShare,
            cancellationToken
        );
        try
        {
            return await database.ShowAsync(query, isOwned: true, cancellationToken);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same database, for another statement. It does not own it.</summary>
    public DuckDbSession About(string text, string subject) =>
        new(database, _query with { Text = text, Subject = subject }, isOwner: false);

    /// <summary>One more table as a view, or another one in its place.</summary>
    public async Task AddAsync(SqlRelation relation, CancellationToken cancellationToken)
    {
        await database.MakeRoomAsync(relation.Table, cancellationToken);
        if (relation.Statement is not { } text)
        {
            await ExecuteAsync(RelationView.Text(relation), cancellationToken);
            return;
        }

        // What is wrong with it is told in its own terms.
        var origin = relation.Origin is { } own ? own with { Name = $"{_query.Subject}: {own.Name}" } : null;
        var inner = new DuckDbSession(
            database,
            _query with
            {
                Text = text,
                Relations = [],
                Origin = origin,
            },
            isOwner: false
        );
        var statement = await inner.SingleSelectAsync(text, cancellationToken);
        await inner.ExecuteAsync(
            RelationView.Text(relation with { Statement = statement }),
            cancellationToken,
            linesBefore: 1
        );
    }

    /// <summary>Runs the query's statement and writes its rows as a file.</summary>
    public async Task<MaterializedQuery> MaterializeAsync(
        string folder,
        string name,
        CancellationToken cancellationToken
    )
    {
        var statement = await SingleSelectAsync(_query.Text, cancellationToken);
        var columns = await DescribeAsync(statement, cancellationToken);
        var schema = _query.Columns ?? LakeSchema.Of(_query.Subject, columns);
        var path = Path.Combine(folder, $"{name}.parquet");
        var copied = await CopyAsync(
            CopyStatement.Text(statement, columns, schema, path),
            schema,
            path,
            cancellationToken
        );
        return new MaterializedQuery(schema, copied.Rows == 0 ? [] : [copied]);
    }

    /// <summary>The columns of the query's statement, as the lake holds them.</summary>
    public async Task<TableSchema> DescribeAsync(CancellationToken cancellationToken) =>
        LakeSchema.Of(
            _query.Subject,
            await DescribeAsync(await SingleSelectAsync(_query.Text, cancellationToken), cancellationToken)
        );

    /// <summary>Runs the query's statement and streams its rows; the result takes over the session.</summary>
    public async Task<SqlResult> QueryAsync(CancellationToken cancellationToken)
    {
        var statement = await SingleSelectAsync(_query.Text, cancellationToken);
        var columns = await DescribeAsync(statement, cancellationToken);
        return new SqlResult(
            await ReadAsync(ReadableColumns.Select(statement, columns), cancellationToken),
            [.. columns.Select(ReadableColumns.KindOf)],
            failure => DuckDbFault.Of(failure, _query),
            this
        );
    }

    /// <summary>The statement without what comes after it, checked to be one SELECT.</summary>
    /// <exception cref="PipelineException">It is another kind of statement, several ones, or no SQL.</exception>
    public async Task<string> SingleSelectAsync(string text, CancellationToken cancellationToken)
    {
        // What is before it stays: lines are counted from there.
        var statement = text.TrimEnd().TrimEnd(';').TrimEnd();
        await using var command = Command("select json_serialize_sql($1::varchar)::varchar");
        command.Parameters.Add(new DuckDBParameter(statement));
        var problem = SelectCheck.ProblemOf(
            (string)(await GuardAsync(() => command.ExecuteScalarAsync(cancellationToken)))!,
            statement
        );
        return problem is not var (message, line) ? statement
            : _query.Origin is { } origin ? throw new PipelineException($"{origin.At(line)}: {message}")
            : throw new PipelineException($"{_query.Subject}: {(line is null ? "" : $"line {line}: ")}{message}");
    }

    public async Task<IReadOnlyList<QueryColumn>> DescribeAsync(string statement, CancellationToken cancellationToken)
    {
        var columns = new List<QueryColumn>();
        await using var command = Command($"describe {statement}");
        await using var rows = await GuardAsync(() => command.ExecuteReaderAsync(cancellationToken));
        while (await rows.ReadAsync(cancellationToken))
        {
            columns.Add(new(rows.GetString(0), rows.GetString(1)));
        }

        return columns;
    }

    /// <summary>Runs a COPY statement and reads what it says of the file.</summary>
    private async Task<StagedFile> CopyAsync(
        string statement,
        TableSchema schema,
        string path,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(statement);
        // The statement of the query begins on the second line.
        await using var rows = await GuardAsync(() => command.ExecuteReaderAsync(cancellationToken), linesBefore: 1);
        if (!await rows.ReadAsync(cancellationToken))
        {
            return new StagedFile
            {
                Path = path,
                Bytes = 0,
                Rows = 0,
            };
        }

        var statistics = rows.GetValue(rows.GetOrdinal("column_statistics"));
        if (_query.ChecksArithmetic && CopyStatistics.NotFinite(statistics, schema) is { } column)
        {
            throw ArithmeticCheck.NotFinite(_query.Subject, column, await NotFiniteAsync(path, column));
        }

        return new StagedFile
        {
            Path = path,
            Bytes = new FileInfo(path).Length,
            Rows = Convert.ToInt64(rows.GetValue(rows.GetOrdinal("count")), CultureInfo.InvariantCulture),
            Statistics = CopyStatistics.Read(statistics, schema),
        };
    }

    private async Task<long> NotFiniteAsync(string path, string column)
    {
        await using var command = Command(
            $"select count(*) from {FileScan.Parquet(path)} where not isfinite({SqlIdentifier.Quote(column)})"
        );
        return (long)(await GuardAsync(() => command.ExecuteScalarAsync()))!;
    }

    public async Task<DbDataReader> ReadAsync(string statement, CancellationToken cancellationToken)
    {
        var command = Command(statement);
        command.UseStreamingMode = true;
        return await GuardAsync(() => command.ExecuteReaderAsync(cancellationToken));
    }

    /// <summary>Runs a statement whose rows are read column by column; the result owns the session.</summary>
    public DuckDbColumns Columns(string statement) =>
        DuckDbColumns.Open(this, database.Connection.NativeConnection, statement, _query);

    public ValueTask DisposeAsync() => isOwner ? database.DisposeAsync() : ValueTask.CompletedTask;

    private DuckDBCommand Command(string text)
    {
        var command = database.Connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken, int linesBefore = 0)
    {
        await using var command = Command(statement);
        await GuardAsync(() => command.ExecuteNonQueryAsync(cancellationToken), linesBefore);
    }

    /// <summary>Makes a call of the engine; its failure is told in the query's terms.</summary>
    /// <param name="call">The call.</param>
    /// <param name="linesBefore">The lines before the query's statement in the text that the engine is given.</param>
    public async Task<T> GuardAsync<T>(Func<Task<T>> call, int linesBefore = 0)
    {
        try
        {
            return await call();
        }
        catch (DuckDBException failure)
        {
            throw _query.Origin is { } origin
                ? DuckDbFault.Find(failure.Message, failure, _query)
                    ?? new FaultPlace(database.Connection, _query, origin).Of(failure, linesBefore)
                : DuckDbFault.Of(failure, _query);
        }
        catch (InvalidOperationException failure)
            when (failure.Message.Contains("parameters", StringComparison.Ordinal))
        {
            throw new PipelineException(
                $"{_query.Subject}: the statement has a parameter, and nothing gives it a value.",
                failure
            )
            {
                Hint = "Write the value in the place of ? or $1; in a model, with var('name').",
            };
        }
    }
}
