using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using SQLitePCL;

namespace Sluice.Lake.Sqlite;

/// <summary>A SQLite database as a source, opened read-only.</summary>
/// <remarks>
/// A table is read in pages of its rowid, each page by a short statement of its own: a page is consistent, a whole copy of a
/// table that is being written is not. Views and tables without a rowid are read by one statement.
/// </remarks>
internal sealed class SqliteSource : ISource
{
    private readonly SqliteConnection _connection;
    private readonly SourceDefinition _definition;
    private readonly TimeProvider _clock;

    private SqliteSource(SqliteConnection connection, SourceDefinition definition, TimeProvider clock) =>
        (_connection, _definition, _clock) = (connection, definition, clock);

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
                DefaultTimeout = 5,
            }.ToString()
        );
        var source = new SqliteSource(connection, definition, clock);
        try
        {
            await connection.OpenAsync(cancellationToken);
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

    public Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken = default) =>
        GuardAsync(() => SqliteCatalog.ListAsync(_connection, cancellationToken));

    public async Task<TableSchema> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default)
    {
        var columns = await GuardAsync(() => SqliteCatalog.ColumnsAsync(_connection, table.Name, cancellationToken));
        if (columns.Count == 0)
        {
            throw new PipelineException($"The source '{_definition.Name}' has no table '{table.Name}'.")
            {
                Hint = Nearest.Suggest(table.Name, await ListTablesAsync(cancellationToken)),
            };
        }

        return new(columns.Select(column => new Column(column.Name, SqliteTypes.Map(_definition.Name, table, column))));
    }

    public async IAsyncEnumerable<RowPage> ReadAsync(
        SourceTable table,
        TableSchema schema,
        Func<CancellationToken, ValueTask<RowPage>> rent,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var rowid = await GuardAsync(() =>
            SqliteCatalog.RowidAsync(_connection, table.Name, schema, cancellationToken)
        );
        var readers = schema.Columns.Select(column => SqliteValues.ReaderFor(column, _definition.TimeZone)).ToArray();
        var last = long.MinValue;
        var more = true;
        for (var first = true; more; first = false)
        {
            var statement = SelectPage.Text(table.Name, schema, rowid, first);
            await using var command = SelectPage.Create(_connection, statement, rowid is null ? null : last);
            await using var rows = await GuardAsync(() => command.ExecuteReaderAsync(cancellationToken));
            do
            {
                var page = await rent(cancellationToken);
                more = Fill(rows, readers, page, table, rowid is not null, ref last);
                cancellationToken.ThrowIfCancellationRequested();
                if (page.Rows > 0)
                {
                    yield return page;
                }
            } while (more && rowid is null);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Returns whether there may be more rows after the page.
    private bool Fill(
        SqliteDataReader rows,
        SqliteValues.Reader[] readers,
        RowPage page,
        SourceTable table,
        bool keyed,
        ref long last
    )
    {
        const int RowsBetweenLooks = 256;
        var row = 0;
        try
        {
            while (rows.Read())
            {
                var statement = rows.Handle!;
                for (var i = 0; i < readers.Length; i++)
                {
                    readers[i](statement, i, page.Columns[i]);
                }

                last = keyed ? raw.sqlite3_column_int64(statement, readers.Length) : last;
                row++;
                if (row % RowsBetweenLooks == 0 && page.IsFull)
                {
                    return true;
                }
            }

            return keyed && row == RowPage.MaxRows;
        }
        catch (SqliteException failure)
        {
            throw SqliteFault.Of(failure, _definition);
        }
        catch (SqliteValueException wrong)
        {
            var place = keyed
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"at rowid {raw.sqlite3_column_int64(rows.Handle!, readers.Length)}"
                )
                : "in a row";
            throw new PipelineException(
                $"The column '{wrong.Column.Name}' of {_definition.Name}.{table.Name} holds {wrong.Found} {place}, and {wrong.Column.Type} was expected."
            )
            {
                Hint =
                    wrong.Hint
                    ?? $"Correct the value, or load the column as text: tables: {{{table.Name}: {{columns: {{{wrong.Column.Name}: {{type: string}}}}}}}}.",
            };
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
