using Microsoft.Data.Sqlite;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Lake.Sqlite;

/// <summary>The statement that reads a page: the rows after a rowid, or all rows of what has none.</summary>
internal static class SelectPage
{
    public static string Text(string table, TableSchema schema, string? rowid, bool first)
    {
        // The least rowid of all may be in use: only later pages begin after a row.
        var after = first ? ">=" : ">";
        var columns = string.Join(", ", schema.Columns.Select(column => SqlIdentifier.Quote(column.Name)));
        var from = SqlIdentifier.Quote(table);
        return rowid is null
            ? $"select {columns} from {from}"
            : $"select {columns}, {rowid} from {from} where {rowid} {after} $after order by {rowid} limit {RowPage.MaxRows}";
    }

    public static SqliteCommand Create(SqliteConnection connection, string text, long? after)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        if (after is { } rowid)
        {
            command.Parameters.AddWithValue("$after", rowid);
        }

        return command;
    }
}
