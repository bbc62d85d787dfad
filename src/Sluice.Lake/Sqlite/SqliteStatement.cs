using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sluice.Lake.Sqlite;

/// <summary>A statement whose rows are stepped through. Used by one caller at a time.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    private SqliteStatement(sqlite3 database, sqlite3_stmt statement) =>
        (_database, _statement) = (database, statement);

    /// <summary>The current row; of no use before the first step.</summary>
    public SqliteRow Row => new(_statement.DangerousGetHandle());

    /// <summary>Compiles a statement.</summary>
    /// <exception cref="SqliteException">It does not compile.</exception>
    public static SqliteStatement Prepare(SqliteConnection connection, string sql)
    {
        var database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        return new(database, statement);
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="SqliteException">SQLite failed.</exception>
    public bool Step()
    {
        var code = SqliteNative.Step(_statement.DangerousGetHandle());
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }

        return false;
    }

    public void Dispose() => _statement.Dispose();
}
