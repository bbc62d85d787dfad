using Microsoft.Data.Sqlite;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.Sqlite;

/// <summary>What a SQLite database says about its tables.</summary>
internal static class SqliteCatalog
{
    private const string Tables = """
        select name, type = 'view' from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\_%' escape '\' order by name
        """;

    private const string Columns = """
        select name, type, "notnull" or pk > 0, pk from pragma_table_xinfo($table) where hidden in (0, 2, 3) order by cid
        """;

    private const string UniqueIndexes = """
        select l.name, x.name from pragma_index_list($table) l join pragma_index_info(l.name) x
        where l."unique" and not l.partial order by l.seq desc, x.seqno
        """;

    private const string HasRowid = """
        select count(*) from pragma_table_list where schema = 'main' and name = $table collate nocase and type = 'table' and wr = 0
        """;

    // All three name the rowid, unless a column has taken the name.
    private static readonly string[] RowidNames = ["rowid", "_rowid_", "oid"];

    public static async Task<IReadOnlyList<SourceListing>> ListAsync(
        SqliteConnection connection,
        CancellationToken cancellationToken
    )
    {
        var listings = new List<SourceListing>();
        await using var command = connection.CreateCommand();
        command.CommandText = Tables;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            listings.Add(new(rows.GetString(0), EstimatedRows: null, rows.GetBoolean(1)));
        }

        return listings;
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
            columns.Add(new(rows.GetString(0), rows.GetString(1), !rows.GetBoolean(2), rows.GetInt32(3)));
        }

        return columns;
    }

    public static async Task<SourceShape> ShapeAsync(
        SqliteConnection connection,
        string source,
        SourceTable table,
        IReadOnlyList<SqliteColumn> declared,
        CancellationToken cancellationToken
    )
    {
        var columns = declared
            .Where(column => table.Has(column.Name))
            .Select(column => ColumnOf(source, table, column))
            .ToList();
        var isNeeded = declared.Where(column => !table.Has(column.Name) && !column.IsNullable).ToList();
        var keys = await UniqueKeysAsync(connection, table.Name, declared, cancellationToken);
        var rowid = await RowidAsync(connection, table.Name, declared, cancellationToken);
        return new SourceShape
        {
            Table = table.Name,
            Columns = columns,
            UniqueKeys = keys,
            ScanOrder =
                rowid is not null ? [rowid]
                : keys is [var first, ..] ? first
                : [],
            Hidden =
            [
                .. isNeeded.Select(column => new SourceColumn(
                    column.Name,
                    ColumnKind.String,
                    column.DeclaredType,
                    false
                )),
            ],
        };
    }

    private static SourceColumn ColumnOf(string source, SourceTable table, SqliteColumn column) =>
        new(column.Name, SqliteTypes.Map(source, table, column), column.DeclaredType, column.IsNullable);

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> UniqueKeysAsync(
        SqliteConnection connection,
        string table,
        IReadOnlyList<SqliteColumn> columns,
        CancellationToken cancellationToken
    )
    {
        var keys = new List<IReadOnlyList<string>>();
        var primary = columns.Where(column => column.KeyPlace > 0).OrderBy(column => column.KeyPlace).ToList();
        if (primary.Count > 0)
        {
            keys.Add([.. primary.Select(column => column.Name)]);
        }

        await using var command = connection.CreateCommand();
        command.CommandText = UniqueIndexes;
        command.Parameters.AddWithValue("$table", table);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var parts = new List<(string Index, string? Column)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            parts.Add((rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1)));
        }

        foreach (var index in parts.GroupBy(part => part.Index, part => part.Column, StringComparer.Ordinal))
        {
            // An expression has no name, and a null is unlike any other null.
            if (index.All(name => columns.Any(column => column.Name == name && !column.IsNullable)))
            {
                keys.Add([.. index.Select(name => name!)]);
            }
        }

        return [.. keys.DistinctBy(key => string.Join('\0', key))];
    }

    // The name under which the table's rowid can be read; null for a view or a table without one.
    private static async Task<string?> RowidAsync(
        SqliteConnection connection,
        string table,
        IReadOnlyList<SqliteColumn> columns,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = HasRowid;
        command.Parameters.AddWithValue("$table", table);
        var has = (long)(await command.ExecuteScalarAsync(cancellationToken))! > 0;
        return has
            ? Array.Find(
                RowidNames,
                name => !columns.Any(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
            )
            : null;
    }
}
