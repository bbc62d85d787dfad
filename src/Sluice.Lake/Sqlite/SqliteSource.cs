using System.Globalization;
using Microsoft.Data.Sqlite;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Lake.Sources;
using SQLitePCL;

namespace Sluice.Lake.Sqlite;

/// <summary>A SQLite database as a source, opened read-only.</summary>
/// <remarks>
/// A table is read in pages of its rowid or key, each page by a short statement of its own: a page is consistent, a whole copy
/// of a table that is being written is not. Views are read by one statement.
/// </remarks>
internal sealed class SqliteSource : ISource
{
    private const int RowsBetweenLooks = 256;

    private const int BusyMilliseconds = 5000;

    static SqliteSource() => SqliteNative.LeaveLocksOut();

    private readonly SqliteConnection _connection;
    private readonly SourceDefinition _definition;
    private readonly TimeProvider _clock;
    private readonly WallClock? _zone;
    private readonly Dictionary<SourceColumn, SqliteTimeText> _times = [];
    private SqliteStatement? _stream;

    private SqliteSource(SqliteConnection connection, SourceDefinition definition, TimeProvider clock)
    {
        (_connection, _definition, _clock) = (connection, definition, clock);
        _zone = definition.TimeZone is { } zone ? new(zone) : null;
    }

    /// <summary>Opens the database file and looks into it.</summary>
    /// <exception cref="PipelineException">There is no such file, or it is no database.</exception>
    public static async Task<SqliteSource> OpenAsync(
        SourceDefinition definition,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(definition.Path))
        {
            throw new PipelineException(
                $"The database file '{definition.Path}' of the source '{definition.Name}' is not there."
            )
            {
                Hint = $"Correct sources: {{{definition.Name}: {{path: …}}}} in sluice.yaml.",
            };
        }

        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = definition.Path,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
                DefaultTimeout = BusyMilliseconds / 1000,
            }.ToString()
        );
        var source = new SqliteSource(connection, definition, clock);
        try
        {
            await connection.OpenAsync(cancellationToken);
            // The driver waits for locks in its own commands; the pages are read without it.
            raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            await source.ListTablesAsync(cancellationToken);
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    // An embedded database has no clock but its machine's.
    public Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(_clock.GetUtcNow());

    public Task<IReadOnlyList<SourceListing>> ListTablesAsync(CancellationToken cancellationToken = default) =>
        GuardAsync(() => SqliteCatalog.ListAsync(_connection, cancellationToken));

    public async Task<SourceShape> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default)
    {
        var columns = await GuardAsync(() => SqliteCatalog.ColumnsAsync(_connection, table.Name, cancellationToken));
        if (columns.Count == 0)
        {
            throw new PipelineException($"The source '{_definition.Name}' has no table '{table.Name}'.")
            {
                Hint = Nearest.Suggest(
                    table.Name,
                    (await ListTablesAsync(cancellationToken)).Select(listing => listing.Name)
                ),
            };
        }

        var shape = await GuardAsync(() =>
            SqliteCatalog.ShapeAsync(_connection, _definition.Name, table, columns, cancellationToken)
        );
        if (
            table.Cursor is { } name
            && shape.Find(name) is { Type.Kind: ColumnKind.Timestamp or ColumnKind.Date } cursor
        )
        {
            var (least, greatest) = (await EndAsync("min"), await EndAsync("max"));
            _times[cursor] = SqliteTimeText.Of(cursor, least, greatest);

            Task<string?> EndAsync(string end) =>
                GuardAsync(() =>
                    ReadAsync(
                        $"select {end}({SqlIdentifier.Quote(name)}) from {SqlIdentifier.Quote(table.Name)}",
                        value => Convert.ToString(value is DBNull ? null : value, CultureInfo.InvariantCulture),
                        cancellationToken
                    )
                );
        }

        return shape;
    }

    public Task<SourceBound?> ReadPageAsync(
        PageRequest request,
        RowPage page,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(page);
        var rows = request.Order.Count == 0 && _stream is { } open ? open : Open(request);
        _stream = null;
        try
        {
            var next = Fill(rows, request, page, cancellationToken);
            if (request.Order.Count == 0 && next is not null)
            {
                (_stream, rows) = (rows, null);
            }

            return Task.FromResult(next);
        }
        finally
        {
            rows?.Dispose();
        }
    }

    public SourceBound BoundAt(SourceColumn cursor, long value) =>
        new(
            [
                cursor.Type.Kind is ColumnKind.Timestamp or ColumnKind.Date
                    ? _times[cursor].Literal(cursor, value, _definition.TimeZone)
                    : value.ToString(CultureInfo.InvariantCulture),
            ],
            IsInclusive: true
        );

    public Task<long?> ReadGreatestAsync(
        SourceShape shape,
        SourceColumn cursor,
        CancellationToken cancellationToken = default
    ) =>
        GuardAsync(() =>
            ReadAsync(
                $"select max({SqlIdentifier.Quote(cursor.Name)}) from {SqlIdentifier.Quote(shape.Table)}",
                value => value is null or DBNull ? (long?)null : Convert.ToInt64(value, CultureInfo.InvariantCulture),
                cancellationToken
            )
        );

    // A database of one writer has no use for several readers at once.
    public Task<IReadOnlyList<SourceBound>> SplitAsync(
        PageRequest request,
        int parts,
        CancellationToken cancellationToken = default
    ) => Task.FromResult<IReadOnlyList<SourceBound>>([]);

    public Task<SourceLoad> ReadLoadAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new SourceLoad());

    public Task<double> ReadNumberAsync(string sql, CancellationToken cancellationToken = default) =>
        GuardAsync(() =>
            ReadAsync(sql, value => Convert.ToDouble(value, CultureInfo.InvariantCulture), cancellationToken)
        );

    public Task<IReadOnlyList<string>> FindMissingRightsAsync(
        IReadOnlyList<SourceTable> tables,
        CancellationToken cancellationToken = default
    ) => Task.FromResult<IReadOnlyList<string>>([]);

    public async ValueTask DisposeAsync()
    {
        _stream?.Dispose();
        await _connection.DisposeAsync();
    }

    private SqliteStatement Open(PageRequest request)
    {
        try
        {
            return SqliteStatement.Prepare(_connection, SelectPage.Text(request));
        }
        catch (SqliteException failure)
        {
            throw SqliteFault.Of(failure, _definition);
        }
    }

    private SourceBound? Fill(
        SqliteStatement rows,
        PageRequest request,
        RowPage page,
        CancellationToken cancellationToken
    )
    {
        var row = rows.Row;
        SqliteValues.Reader[] readers =
        [
            .. page.Columns.Take(request.Columns.Count).Select(column => SqliteValues.ReaderFor(column, _zone)),
        ];
        try
        {
            while (rows.Step())
            {
                for (var i = 0; i < readers.Length; i++)
                {
                    readers[i](row[i]);
                }

                var count = page.Rows;
                if (count >= request.MaxRows || page.IsFull)
                {
                    return request.Order.Count == 0 ? new(["next"], false) : SelectPage.After(row, request);
                }

                if (count % RowsBetweenLooks == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            return null;
        }
        catch (SqliteException failure)
        {
            throw SqliteFault.Of(failure, _definition);
        }
        catch (SqliteValueException wrong)
        {
            var table = request.Shape.Table;
            var place =
                request.Order.Count == 0
                    ? "in a row"
                    : $"at {string.Join(", ", request.Order)} {string.Join(", ", SelectPage.After(row, request).Values)}";
            throw new PipelineException(
                $"The column '{wrong.Column.Name}' of {_definition.Name}.{table} holds {wrong.Found} {place}, and {wrong.Column.Type} was expected."
            )
            {
                Hint =
                    wrong.Hint
                    ?? $"Correct the value, or load the column as text: tables: {{{table}: {{columns: {{{wrong.Column.Name}: {{type: string}}}}}}}}.",
            };
        }
    }

    private async Task<T> ReadAsync<T>(string sql, Func<object?, T> convert, CancellationToken cancellationToken)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = sql;
        var value = await command.ExecuteScalarAsync(cancellationToken);
        try
        {
            return convert(value);
        }
        catch (Exception failure) when (failure is FormatException or InvalidCastException or OverflowException)
        {
            throw new PipelineException($"The statement '{sql}' gives no number.", failure);
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (SqliteException failure)
        {
            throw SqliteFault.Of(failure, _definition);
        }
    }
}
