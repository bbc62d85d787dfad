using System.Globalization;
using Npgsql;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Lake.Sources;

namespace Sluice.Lake.PostgreSql;

/// <summary>A session with a PostgreSQL server as a source.</summary>
/// <remarks>
/// Each page is one <c>COPY … TO STDOUT</c> in binary form, outside any transaction. A table with a key is read along it, one
/// without along the blocks of its file; what has neither is read by one statement that stays open from page to page, and
/// then the session is for nothing else.
/// </remarks>
internal sealed class PostgreSqlSource : ISource
{
    private readonly SessionThread _thread;
    private readonly NpgsqlDataSource _server;
    private readonly NpgsqlConnection _connection;
    private readonly SourceDefinition _definition;
    private readonly PostgreSqlGuard _guard;
    private PostgreSqlFlags _flags = null!;
    private PostgreSqlPages? _pages;
    private bool _isDisposed;
    private PostgreSqlDigests? _digests;

    private PostgreSqlSource(SourceDefinition definition, TimeProvider clock)
    {
        _definition = definition;
        _thread = new($"source {definition.Name}");
        _server = PostgreSqlSession.Create(definition);
        _connection = _server.CreateConnection();
        _guard = new PostgreSqlGuard(_thread, _server, _connection, definition, clock);
    }

    public IRangeDigests? Digests => _digests;

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
            await source._guard.RunAsync(source.Connect, cancellationToken).WaitAsync(cancellationToken);
            return source;
        }
        catch
        {
            // Not waited for: connecting cannot be given up, and ends by itself.
            _ = source.DisposeAsync().AsTask();
            throw;
        }
    }

    public Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken = default) =>
        _guard.RunAsync(
            () => new DateTimeOffset((DateTime)Scalar("select clock_timestamp()")!, TimeSpan.Zero),
            cancellationToken
        );

    public Task<IReadOnlyList<SourceListing>> ListTablesAsync(CancellationToken cancellationToken = default) =>
        _guard.RunAsync(() => PostgreSqlCatalog.List(_connection, _flags.Schema), cancellationToken);

    public Task<SourceShape> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _guard.RunAsync(() => Describe(table), cancellationToken);
    }

    public Task<SourceBound?> ReadPageAsync(
        PageRequest request,
        RowPage page,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(page);
        _thread.IsGentle = _definition.Throttle.IsAdaptive;
        return _guard.RunAsync(() => _pages!.Read(request, page, cancellationToken), cancellationToken);
    }

    public SourceBound BoundAt(SourceColumn cursor, long value) =>
        PostgreSqlBound.At(cursor, value, _definition.TimeZone);

    public Task<long?> ReadGreatestAsync(
        SourceShape shape,
        SourceColumn cursor,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(cursor);
        return _guard.RunAsync(
            () =>
            {
                var greatest =
                    $"select max({SqlIdentifier.Quote(cursor.Name)})::bigint from {Find(shape.Table).Name.Quoted}";
                return Scalar(greatest) is long found ? found : (long?)null;
            },
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
        return parts < 2 || request.Order.Count == 0
            ? []
            : await _guard.RunAsync(() => Split(request, parts), cancellationToken);
    }

    public Task<SourceLoad> ReadLoadAsync(CancellationToken cancellationToken = default) =>
        _guard.RunAsync(() => PostgreSqlLoad.Read(_connection, _flags), cancellationToken);

    public Task<double> ReadNumberAsync(string sql, CancellationToken cancellationToken = default) =>
        _guard.RunAsync(
            () =>
            {
                var value = Scalar(sql);
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

    public Task<IReadOnlyList<string>> FindMissingRightsAsync(
        IReadOnlyList<SourceTable> tables,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(tables);
        return _guard.RunAsync<IReadOnlyList<string>>(
            () =>
                [
                    .. tables
                        .SelectMany(table => PostgreSqlRights.FindMissing(_connection, _flags, Find(table.Name), table))
                        .Distinct(StringComparer.Ordinal),
                ],
            cancellationToken
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        var closing = _thread.RunAsync(() =>
        {
            _pages?.Abandon();
            _connection.Dispose();
            _server.Dispose();
            return true;
        });
        _thread.Dispose();
        if (!_thread.IsLeft)
        {
            await closing;
        }
    }

    private bool Connect()
    {
        _connection.Open();
        _flags = PostgreSqlSession.ReadFlags(_connection, _definition);
        PostgreSqlSession.Set(_connection, _definition.Guards, _flags);
        _pages = new(_connection, _definition, _flags, _guard, Find);
        // Texts of such a database are bytes of no known alphabet.
        _digests = _flags.ChecksText ? null : new(_connection, _definition, _guard);
        return true;
    }

    private SourceShape Describe(SourceTable table)
    {
        var relation = Find(table.Name);
        var columns = PostgreSqlCatalog.Columns(_connection, relation);
        var keys = PostgreSqlCatalog.UniqueKeys(_connection, relation);
        _digests?.Learn(table.Name, relation, columns);
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

    private IReadOnlyList<SourceBound> Split(PageRequest request, int parts)
    {
        var relation = Find(request.Shape.Table);
        if (relation.HasBlocks && request.Order is [BlockRange.Column])
        {
            return BlockRange.Split(request, relation, parts);
        }

        var columns = PostgreSqlCatalog.Columns(_connection, relation);
        return columns.FirstOrDefault(column => column.Name == request.Order[0]) is { } column
            ? PostgreSqlSplit.Read(_connection, relation, column, request, parts)
            : [];
    }

    private PostgreSqlRelation Find(string table)
    {
        var name = PostgreSqlName.Parse(table);
        name = name with { Schema = name.Schema ?? _definition.Connection!.Schema };
        return PostgreSqlCatalog.Find(_connection, name)
            ?? throw new PipelineException($"The source '{_definition.Name}' has no table '{table}'.")
            {
                Hint = Nearest.Suggest(
                    table,
                    PostgreSqlCatalog.List(_connection, _flags.Schema).Select(listing => listing.Name)
                ),
            };
    }

    private object? Scalar(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        return command.ExecuteScalar();
    }
}
