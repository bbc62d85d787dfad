using System.Globalization;
using Npgsql;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Lake.PostgreSql;

/// <summary>A session with a PostgreSQL server as a source.</summary>
/// <remarks>
/// Each page is one <c>COPY … TO STDOUT</c> in binary form, outside any transaction. A table with a key is read along it, one
/// without along the blocks of its file; what has neither is read by one statement that stays open from page to page, and
/// then the session is for nothing else.
/// </remarks>
internal sealed class PostgreSqlSource : ISource
{
    private readonly NpgsqlDataSource _server;
    private readonly NpgsqlConnection _connection;
    private readonly SourceDefinition _definition;
    private readonly PostgreSqlGuard _guard;
    private PostgreSqlFlags _flags = null!;
    private PostgreSqlPages? _pages;

    private PostgreSqlSource(SourceDefinition definition, TimeProvider clock)
    {
        _definition = definition;
        _server = PostgreSqlSession.Create(definition);
        _connection = _server.CreateConnection();
        _guard = new PostgreSqlGuard(_connection, definition, clock);
    }

    /// <summary>Connects and sets the guards.</summary>
    /// <exception cref="PipelineException">The server is not there, or does not let the user in.</exception>
    public static async Task<PostgreSqlSource> OpenAsync(
        SourceDefinition definition,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var source = new PostgreSqlSource(definition, clock);
        try
        {
            await source._guard.RunAsync(
                async () =>
                {
                    await source._connection.OpenAsync(cancellationToken);
                    source._flags = await PostgreSqlSession.ReadFlagsAsync(
                        source._connection,
                        definition,
                        cancellationToken
                    );
                    await PostgreSqlSession.SetAsync(
                        source._connection,
                        definition.Guards,
                        source._flags,
                        cancellationToken
                    );
                    return true;
                },
                cancellationToken
            );
            source._pages = new(
                source._server,
                source._connection,
                definition,
                source._flags,
                source._guard,
                source.FindAsync
            );
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken = default) =>
        _guard.RunAsync(
            async () =>
                new DateTimeOffset(
                    (DateTime)(await ScalarAsync("select clock_timestamp()", cancellationToken))!,
                    TimeSpan.Zero
                ),
            cancellationToken
        );

    public Task<IReadOnlyList<SourceListing>> ListTablesAsync(CancellationToken cancellationToken = default) =>
        _guard.RunAsync(
            () => PostgreSqlCatalog.ListAsync(_connection, _flags.Schema, cancellationToken),
            cancellationToken
        );

    public async Task<SourceShape> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default)
    {
        var relation = await FindAsync(table.Name, cancellationToken);
        var (columns, keys) = await _guard.RunAsync(
            async () =>
                (
                    await PostgreSqlCatalog.ColumnsAsync(_connection, relation, cancellationToken),
                    await PostgreSqlCatalog.UniqueKeysAsync(_connection, relation, cancellationToken)
                ),
            cancellationToken
        );
        var byBlocks = keys.Count == 0 && relation.HasBlocks && _flags.HasBlockRanges;
        var hidden = columns
            .Where(column => !table.Has(column.Name) && keys.Any(key => key.Contains(column.Name)))
            .Select(column => new SourceColumn(column.Name, ColumnKind.String, column.Declared, column.IsNullable));
        return new SourceShape
        {
            Table = table.Name,
            Columns =
            [
                .. columns
                    .Where(column => table.Has(column.Name))
                    .Select(column => new SourceColumn(
                        column.Name,
                        PostgreSqlTypes.Map(_definition, table, column),
                        column.Declared,
                        column.IsNullable
                    )),
            ],
            UniqueKeys = keys,
            ScanOrder =
                byBlocks ? [BlockRange.Column]
                : keys is [var first, ..] ? first
                : [],
            Hidden = byBlocks
                ? [.. hidden, new SourceColumn(BlockRange.Column, ColumnKind.String, "tid", IsNullable: false)]
                : [.. hidden],
            EstimatedRows = relation.Rows,
        };
    }

    public Task<SourceBound?> ReadPageAsync(
        PageRequest request,
        RowPage page,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(page);
        return _pages!.ReadAsync(request, page, cancellationToken);
    }

    public SourceBound BoundAt(SourceColumn cursor, long value) =>
        PostgreSqlBound.At(cursor, value, _definition.TimeZone);

    public async Task<long?> ReadGreatestAsync(
        SourceShape shape,
        SourceColumn cursor,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(cursor);
        var relation = await FindAsync(shape.Table, cancellationToken);
        var sql = $"select max({SqlIdentifier.Quote(cursor.Name)})::bigint from {relation.Name.Quoted}";
        return await _guard.RunAsync(
            async () => await ScalarAsync(sql, cancellationToken) is long greatest ? greatest : (long?)null,
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<SourceBound>> SplitAsync(
        PageRequest request,
        int parts,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        if (parts < 2 || request.Order.Count == 0)
        {
            return [];
        }

        var relation = await FindAsync(request.Shape.Table, cancellationToken);
        if (relation.HasBlocks && request.Order is [BlockRange.Column])
        {
            return BlockRange.Split(request, relation, parts);
        }

        return await _guard.RunAsync(
            async () =>
            {
                var columns = await PostgreSqlCatalog.ColumnsAsync(_connection, relation, cancellationToken);
                return columns.FirstOrDefault(column => column.Name == request.Order[0]) is { } column
                    ? await PostgreSqlSplit.ReadAsync(_connection, relation, column, request, parts, cancellationToken)
                    : [];
            },
            cancellationToken
        );
    }

    public Task<SourceLoad> ReadLoadAsync(CancellationToken cancellationToken = default) =>
        _guard.RunAsync(() => PostgreSqlLoad.ReadAsync(_connection, _flags, cancellationToken), cancellationToken);

    public Task<double> ReadNumberAsync(string sql, CancellationToken cancellationToken = default) =>
        _guard.RunAsync(
            async () =>
            {
                var value = await ScalarAsync(sql, cancellationToken);
                try
                {
                    return value is null or DBNull
                        ? throw new FormatException("It gives nothing.")
                        : Convert.ToDouble(value, CultureInfo.InvariantCulture);
                }
                catch (Exception failure) when (failure is FormatException or InvalidCastException or OverflowException)
                {
                    throw new PipelineException($"The statement '{sql}' gives no number.", failure);
                }
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<string>> FindMissingRightsAsync(
        IReadOnlyList<SourceTable> tables,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(tables);
        var missing = new List<string>();
        foreach (var table in tables)
        {
            var relation = await FindAsync(table.Name, cancellationToken);
            missing.AddRange(
                await _guard.RunAsync(
                    () => PostgreSqlRights.FindMissingAsync(_connection, _flags, relation, table, cancellationToken),
                    cancellationToken
                )
            );
        }

        return [.. missing.Distinct(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_pages is not null)
        {
            await _pages.AbandonAsync();
        }

        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task<PostgreSqlRelation> FindAsync(string table, CancellationToken cancellationToken)
    {
        var name = PostgreSqlName.Parse(table);
        name = name with { Schema = name.Schema ?? _definition.Connection!.Schema };
        return await _guard.RunAsync(
                () => PostgreSqlCatalog.FindAsync(_connection, name, cancellationToken),
                cancellationToken
            )
            ?? throw new PipelineException($"The source '{_definition.Name}' has no table '{table}'.")
            {
                Hint = Nearest.Suggest(
                    table,
                    (await ListTablesAsync(cancellationToken)).Select(listing => listing.Name)
                ),
            };
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
