using System.Globalization;
using MySqlConnector;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.MySql;

/// <summary>What a server says about its tables.</summary>
internal static class MySqlCatalog
{
    private const string SelectTables = """
        select table_name, table_type, table_rows from information_schema.tables
        where table_schema = database() and table_type in ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW') order by table_name
        """;

    private const string SelectTable = """
        select table_name, table_rows from information_schema.tables
        where table_schema = coalesce(@database, database()) and table_name = @table
        """;

    private const string SelectColumns = """
        select table_name, column_name, column_type, is_nullable, character_set_name, collation_name
        from information_schema.columns
        where table_schema = coalesce(@database, database()) and table_name = @table order by ordinal_position
        """;

    private const string SelectKeys = """
        select table_name, index_name, column_name, sub_part, index_type from information_schema.statistics
        where table_schema = coalesce(@database, database()) and table_name = @table and non_unique = 0
        order by index_name <> 'PRIMARY', index_name, seq_in_index
        """;

    public static List<SourceListing> List(MySqlConnection connection, CancellationToken cancellationToken) =>
        MySqlQuery.Read(
            connection,
            SelectTables,
            [],
            row =>
            {
                var isView = (string)row[1] == "VIEW";
                return new SourceListing(
                    new MySqlName(null, (string)row[0]).ToString(),
                    isView ? null : NumberOf(row[2]),
                    isView
                );
            },
            cancellationToken
        );

    /// <summary>The columns as the database declares them; empty where there is no such table.</summary>
    public static List<SourceColumn> Columns(
        MySqlConnection connection,
        MySqlServer server,
        MySqlName table,
        CancellationToken cancellationToken
    ) =>
        Read(
            connection,
            server,
            SelectColumns,
            table,
            row => new SourceColumn(
                (string)row[1],
                ColumnKind.String,
                MySqlType.Declare((string)row[2], MySqlQuery.Text(row[4]), MySqlQuery.Text(row[5])),
                (string)row[3] == "YES"
            ),
            cancellationToken
        );

    public static SourceShape Shape(
        MySqlConnection connection,
        MySqlServer server,
        SourceDefinition source,
        SourceTable table,
        IReadOnlyList<SourceColumn> declared,
        CancellationToken cancellationToken
    )
    {
        var name = MySqlName.Parse(table.Name);
        var columns = declared
            .Where(column => table.Has(column.Name))
            .Select(column => column with { Type = MySqlTypes.Map(source, table, column.Name, column.Declared!) })
            .ToList();
        var parts = Read(
            connection,
            server,
            SelectKeys,
            name,
            row =>
                (
                    Index: (string)row[1],
                    Column: MySqlQuery.Text(row[2]),
                    IsWhole: row[3] is DBNull,
                    IsTree: (string)row[4] == "BTREE"
                ),
            cancellationToken
        );
        // An expression has no name, a null is unlike any other null, and a prefix is not the value.
        var keys = parts
            .GroupBy(part => part.Index, StringComparer.Ordinal)
            .Where(index =>
                index.All(part =>
                    part.IsWhole && declared.Any(column => column.Name == part.Column && !column.IsNullable)
                )
            )
            .Select(index =>
                (Columns: index.Select(part => part.Column!).ToList(), IsTree: index.All(part => part.IsTree))
            )
            .ToList();
        var scan = keys.Find(key =>
            key.IsTree
            && key.Columns.TrueForAll(part =>
                MySqlType.Parse(declared.First(column => column.Name == part).Declared!).IsOrderable
            )
        );
        var hidden = keys.SelectMany(key => key.Columns)
            .Concat(table.Key)
            .Append(table.Cursor)
            .Append(table.SoftDelete)
            .ToHashSet();
        var rows = Read(connection, server, SelectTable, name, row => NumberOf(row[1]), cancellationToken);
        return new SourceShape
        {
            Table = table.Name,
            Columns = columns,
            UniqueKeys = [.. keys.Select(key => key.Columns).DistinctBy(key => string.Join('\0', key))],
            ScanOrder = scan.Columns ?? [],
            Hidden =
            [
                .. declared
                    .Where(column => hidden.Contains(column.Name) && !table.Has(column.Name))
                    .Select(column =>
                        column with
                        {
                            Type = MySqlTypes.Find(MySqlType.Parse(column.Declared!)) ?? ColumnKind.String,
                        }
                    ),
            ],
            EstimatedRows = rows is [var first, ..] ? first : null,
        };
    }

    // The catalog compares names without regard to case, also where the server does not: a table of the very name comes first.
    private static List<T> Read<T>(
        MySqlConnection connection,
        MySqlServer server,
        string sql,
        MySqlName table,
        Func<object[], T> convert,
        CancellationToken cancellationToken
    )
    {
        var rows = MySqlQuery.Read(
            connection,
            sql,
            [("@database", table.Database), ("@table", table.Table)],
            row => (Table: (string)row[0], Value: convert(row)),
            cancellationToken
        );
        return [.. rows.Where(row => row.Table == table.Table || server.IgnoresCase).Select(row => row.Value)];
    }

    private static long? NumberOf(object value) =>
        value is DBNull ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
