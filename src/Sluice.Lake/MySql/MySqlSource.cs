using System.Data;
using System.Globalization;
using MySqlConnector;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Lake.Sources;

namespace Sluice.Lake.MySql;

/// <summary>A MySQL or MariaDB server as a source.</summary>
/// <remarks>
/// A table is read in pages of its key, each page by a short prepared statement of its own. Tables without a key and views are
/// read by one statement that stays open from page to page; meanwhile the session can do nothing else.
/// </remarks>
internal sealed class MySqlSource : ISource
{
    // Less than this is rather read and thrown away than ended, which takes a connection.
    private const long DrainedBytes = RowPage.MaxBytes / 4;

    private readonly MySqlConnection _connection;
    private readonly SourceDefinition _definition;
    private readonly WallClock? _zone;
    private readonly SessionThread _thread;
    private readonly Dictionary<string, int> _limits = new(StringComparer.Ordinal);
    private MySqlServer? _server;
    private MySqlStream? _stream;
    private bool _isDisposed;

    private MySqlSource(MySqlConnection connection, SourceDefinition definition)
    {
        (_connection, _definition) = (connection, definition);
        _thread = new($"source {definition.Name}");
        _zone = definition.TimeZone is { } zone ? new(zone) : null;
    }

    private MySqlServer Server => _server!;

    public IRangeDigests Digests => new MySqlDigests(UseAsync, _connection, _definition);

    private bool IsBroken => _connection.State != ConnectionState.Open;

    /// <summary>Connects, asks who is there and sets the guards.</summary>
    /// <exception cref="PipelineException">The server is not there or refuses.</exception>
    public static async Task<MySqlSource> OpenAsync(SourceDefinition definition, CancellationToken cancellationToken)
    {
        var to =
            definition.Connection ?? throw new PipelineException($"The source '{definition.Name}' has no connection.");
        var source = new MySqlSource(
            new MySqlConnection(MySqlSession.ConnectionString(to, definition.Guards)),
            definition
        );
        try
        {
            await source
                .RunAsync(() => source.Connect(cancellationToken), cancellationToken)
                .WaitAsync(cancellationToken);
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
        ReadValueAsync(
            "select date_format(utc_timestamp(6), '%Y-%m-%dT%H:%i:%s.%fZ')",
            value => DateTimeOffset.Parse((string)value!, CultureInfo.InvariantCulture),
            cancellationToken
        );

    public Task<IReadOnlyList<SourceListing>> ListTablesAsync(CancellationToken cancellationToken = default) =>
        UseAsync<IReadOnlyList<SourceListing>>(
            () => MySqlCatalog.List(_connection, cancellationToken),
            cancellationToken
        );

    public Task<SourceShape> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return UseAsync(
            () =>
            {
                var columns = MySqlCatalog.Columns(_connection, Server, MySqlName.Parse(table.Name), cancellationToken);
                return columns.Count == 0
                    ? throw new PipelineException(
                        $"The source '{_definition.Name}' has no table '{table.Name}', or its user may not see it."
                    )
                    {
                        Hint = Nearest.Suggest(
                            table.Name,
                            MySqlCatalog.List(_connection, cancellationToken).Select(listing => listing.Name)
                        ),
                    }
                    : MySqlCatalog.Shape(_connection, Server, _definition, table, columns, cancellationToken);
            },
            cancellationToken
        );
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
        return request.Order.Count == 0
            ? RunAsync(() => ReadNext(request, page, cancellationToken), cancellationToken, request.Shape.Table)
            : UseAsync(() => ReadPage(request, page, cancellationToken), cancellationToken, request.Shape.Table);
    }

    public SourceBound BoundAt(SourceColumn cursor, long value)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        var type = MySqlType.Parse(cursor.Declared ?? "");
        return new([MySqlBound.At(cursor, type, value, _definition.TimeZone)], IsInclusive: true);
    }

    public Task<long?> ReadGreatestAsync(
        SourceShape shape,
        SourceColumn cursor,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(cursor);
        return ReadValueAsync(
            $"select max({MySqlName.Quote(cursor.Name)}) from {MySqlName.Parse(shape.Table).Quoted}",
            value => value is null or DBNull ? (long?)null : Convert.ToInt64(value, CultureInfo.InvariantCulture),
            cancellationToken,
            shape.Table
        );
    }

    public Task<IReadOnlyList<SourceBound>> SplitAsync(
        PageRequest request,
        int parts,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        return UseAsync(
            () => MySqlSplit.Read(_connection, request, parts, cancellationToken),
            cancellationToken,
            request.Shape.Table
        );
    }

    public Task<SourceLoad> ReadLoadAsync(CancellationToken cancellationToken = default) =>
        UseAsync(() => MySqlLoad.Read(_connection, Server, cancellationToken), cancellationToken);

    public async Task<double> ReadNumberAsync(string sql, CancellationToken cancellationToken = default)
    {
        try
        {
            return await ReadValueAsync(
                sql,
                value => Convert.ToDouble(value ?? DBNull.Value, CultureInfo.InvariantCulture),
                cancellationToken
            );
        }
        catch (Exception failure) when (failure is FormatException or InvalidCastException or OverflowException)
        {
            throw new PipelineException($"The statement '{sql}' gives no number.", failure);
        }
    }

    public Task<IReadOnlyList<string>> FindMissingRightsAsync(
        IReadOnlyList<SourceTable> tables,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(tables);
        return UseAsync(
            () => MySqlRights.FindMissing(_connection, Server, tables, cancellationToken),
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
            EndStream();
            _connection.Dispose();
            return true;
        });
        _thread.Dispose();
        if (!_thread.IsLeft)
        {
            await closing;
        }
    }

    private bool Connect(CancellationToken cancellationToken)
    {
        _connection.Open();
        cancellationToken.ThrowIfCancellationRequested();
        var server = MySqlServer.Ask(_connection, cancellationToken);
        foreach (var statement in MySqlSession.Setup(server, _definition.Guards))
        {
            using var command = new MySqlCommand(statement, _connection);
            command.ExecuteNonQuery();
        }

        _server = server;
        return true;
    }

    private SourceBound? ReadPage(PageRequest request, RowPage page, CancellationToken cancellationToken)
    {
        var limit = Math.Min(request.MaxRows, _limits.GetValueOrDefault(request.Shape.Table, RowPage.MaxRows));
        using var stream = Start(request, limit, cancellationToken);
        var count = Fill(stream, page, limit, cancellationToken);
        if (stream.IsAtEnd)
        {
            return null;
        }

        var bytesPerRow = Math.Max(1, page.ByteSize / count);
        // The next page asks for about as many rows as fit it: the rest of a statement that is ended was read for nothing.
        _limits[request.Shape.Table] = (int)Math.Clamp(RowPage.MaxBytes / bytesPerRow * 9 / 10, 1, RowPage.MaxRows);
        stream.IsDrained = (limit - count) * bytesPerRow < DrainedBytes;
        return stream.After();
    }

    private SourceBound? ReadNext(PageRequest request, RowPage page, CancellationToken cancellationToken)
    {
        if (request.Lower is null)
        {
            EndStream();
            _stream = IsBroken
                ? throw MySqlFault.Lost(_definition)
                : Start(request, request.MaxRows, cancellationToken);
        }

        var stream =
            _stream
            ?? throw new PipelineException(
                $"The table {_definition.Name}.{request.Shape.Table} has no key: it is read by one statement, which ended and cannot be resumed."
            )
            {
                Hint = "Load it from its beginning, or give it a key.",
            };
        try
        {
            Fill(stream, page, request.MaxRows, cancellationToken);
        }
        catch
        {
            EndStream();
            throw;
        }

        if (!stream.IsAtEnd)
        {
            return new(["next"], IsInclusive: false);
        }

        EndStream();
        return null;
    }

    private MySqlStream Start(PageRequest request, int limit, CancellationToken cancellationToken) =>
        MySqlStream.Start(
            _connection,
            new MySqlPage(request, limit, Server.BinaryCollations, _zone),
            MySqlSession.CommandTimeout(_definition.Guards),
            cancellationToken
        );

    private int Fill(MySqlStream stream, RowPage page, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return stream.Fill(page, limit, cancellationToken);
        }
        catch (MySqlValueException wrong)
        {
            var table = stream.Table;
            throw new PipelineException(
                $"The column '{wrong.Column.Name}' of {_definition.Name}.{table} holds {wrong.Found} {stream.Place(page.Rows)}, and {wrong.Column.Type} was expected."
            )
            {
                Hint =
                    $"Correct the value, or load the column as text: tables: {{{table}: {{columns: {{{wrong.Column.Name}: {{type: string}}}}}}}}.",
            };
        }
    }

    private void EndStream()
    {
        var stream = _stream;
        _stream = null;
        stream?.Dispose();
    }

    private Task<T> ReadValueAsync<T>(
        string sql,
        Func<object?, T> convert,
        CancellationToken cancellationToken,
        string? table = null
    ) => UseAsync(() => convert(MySqlQuery.Value(_connection, sql, cancellationToken)), cancellationToken, table);

    // For what needs the session to itself.
    private Task<T> UseAsync<T>(Func<T> call, CancellationToken cancellationToken, string? table = null) =>
        RunAsync(
            () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_stream is not null)
                {
                    throw new InvalidOperationException(
                        "The session is reading a table by one statement and can do nothing else until its end; use another session."
                    );
                }

                return IsBroken ? throw MySqlFault.Lost(_definition) : call();
            },
            cancellationToken,
            table
        );

    private Task<T> RunAsync<T>(Func<T> call, CancellationToken cancellationToken, string? table = null) =>
        _thread.RunAsync(
            () =>
            {
                try
                {
                    return call();
                }
                catch (Exception failure) when (MySqlFault.IsOfDriver(failure, IsBroken))
                {
                    throw cancellationToken.IsCancellationRequested
                        ? new OperationCanceledException(cancellationToken)
                        : Meaning(failure, table);
                }
            },
            cancellationToken
        );

    private PipelineException Meaning(Exception failure, string? table) =>
        failure is not MySqlException told ? MySqlFault.Lost(_definition, failure)
        : _server is null ? MySqlFault.Connecting(told, _definition)
        : MySqlFault.Of(told, _definition, IsBroken, table);
}
