using Microsoft.Data.Sqlite;
using Sluice.Core.Tables;

namespace Sluice.Lake.Sqlite;

/// <summary>What a SQLite database says about its tables.</summary>
internal static class SqliteCatalog
{
    private const string Tables = """
        select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\_%' escape '\' order by name
        """;

    private const string Columns = """
        select name, type from pragma_table_xinfo($table) where hidden in (0, 2, 3) order by cid
        """;

    private const string HasRowid = """
        select count(*) from pragma_table_list where schema = 'main' and name = $table collate nocase and type = 'table' and wr = 0
        """;

    // All three name the rowid, unless a column has taken the name.
    private static readonly string[] RowidNames = ["rowid", "_rowid_", "oid"];

    public static async Task<IReadOnlyList<string>> ListAsync(
        SqliteConnection connection,
        CancellationToken cancellationToken
    )
    {
        var names = new List<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = Tables;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }

    public static async Task<IReadOnlyList<SqliteColumn>> ColumnsAsync(
        SqliteConnection connection,
        string table,
        CancellationToken cancellationToken
    )
    {
        var columns = new List<SqliteColumn>();
        await using var command = connection.CreateCommand();
        command.CommandText = Columns;
        command.Parameters.AddWithValue("$table", table);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            columns.Add(new(rows.GetString(0), rows.GetString(1)));
        }

        return columns;
    }

    /// <summary>The name under which the table's rowid can be read; null for a view or a table without one.</summary>
    public static async Task<string?> RowidAsync(
        SqliteConnection connection,
        string table,
        TableSchema schema,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = HasRowid;
        command.Parameters.AddWithValue("$table", table);
        var has = (long)(await command.ExecuteScalarAsync(cancellationToken))! > 0;
        return has ? Array.Find(RowidNames, name => schema.Find(name) is null) : null;
    }
}
