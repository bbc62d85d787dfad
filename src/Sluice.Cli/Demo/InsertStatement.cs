using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sluice.Cli.Demo;

/// <summary>An insert that is prepared once and executed for many rows.</summary>
/// <remarks>
/// One layer below <see cref="SqliteCommand"/>, which looks up every parameter by name and opens a
/// reader for each row; with it the default sample took twice as long. Not safe for concurrent use.
/// </remarks>
internal sealed class InsertStatement : IDisposable
{
    // Longer than any text of the sample in UTF-8; a longer one fails, it is not cut.
    private readonly byte[] _text = new byte[1024];
    private readonly string?[] _bound;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares a statement; dispose it before the connection.</summary>
    public InsertStatement(SqliteConnection connection, string text)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, text, out _statement), raw.SQLITE_OK);
        _bound = new string?[1 + raw.sqlite3_bind_parameter_count(_statement)];
    }

    /// <summary>The rows inserted so far.</summary>
    public long Rows { get; private set; }

    /// <summary>
    /// Sets the parameter at a position, 1 for the first; it stays until it is set again.
    /// </summary>
    public void Bind(int position, long? value)
    {
        _bound[position] = null;
        Check(
            value is { } number
                ? raw.sqlite3_bind_int64(_statement, position, number)
                : raw.sqlite3_bind_null(_statement, position),
            raw.SQLITE_OK
        );
    }

    /// <inheritdoc cref="Bind(int, long?)"/>
    public void Bind(int position, string? value)
    {
        // Most texts are the same object as in the row before, and SQLite keeps what was bound.
        if (value is not null && ReferenceEquals(value, _bound[position]))
        {
            return;
        }

        _bound[position] = value;
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(_statement, position), raw.SQLITE_OK);
            return;
        }

        var bytes = _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text));
        Check(raw.sqlite3_bind_text(_statement, position, bytes), raw.SQLITE_OK);
    }

    /// <summary>
    /// Sets the parameter at a position to a time as ISO 8601 text with a space and milliseconds:
    /// fixed width, so that texts sort like times.
    /// </summary>
    public void Bind(int position, DateTime value)
    {
        // The round-trip format is the fast one; it differs by its "T" and by four more digits.
        const int width = 23;
        _bound[position] = null;
        value.TryFormat(_text, out _, "O", CultureInfo.InvariantCulture);
        _text[10] = (byte)' ';
        Check(raw.sqlite3_bind_text(_statement, position, _text.AsSpan(0, width)), raw.SQLITE_OK);
    }

    /// <summary>Inserts a row.</summary>
    public void Execute()
    {
        Check(raw.sqlite3_step(_statement), raw.SQLITE_DONE);
        Check(raw.sqlite3_reset(_statement), raw.SQLITE_OK);
        Rows++;
    }

    /// <inheritdoc />
    public void Dispose() => _statement.Dispose();

    private void Check(int result, int expected)
    {
        if (result != expected)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), result);
        }
    }
}
