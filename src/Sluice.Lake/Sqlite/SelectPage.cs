using System.Globalization;
using Microsoft.Data.Sqlite;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Lake.Sources;
using SQLitePCL;

namespace Sluice.Lake.Sqlite;

/// <summary>The statement that reads a page, and where the next one begins.</summary>
internal static class SelectPage
{
    /// <summary>The statement; the columns of the order come after those of the page.</summary>
    public static string Text(PageRequest request)
    {
        var columns = request.Columns.Select(column => column.Name).Concat(request.Order);
        var select = string.Join(", ", columns.Select(SqlIdentifier.Quote));
        var from = SqlIdentifier.Quote(request.Shape.Table);
        var limit = string.Create(CultureInfo.InvariantCulture, $" limit {request.MaxRows}");
        return $"select {select} from {from}{KeysetSql.Tail(request, SqlIdentifier.Quote, rowValues: true)}"
            + (request.Order.Count == 0 ? "" : limit);
    }

    /// <summary>The place after the statement's current row.</summary>
    public static SourceBound After(SqliteDataReader rows, PageRequest request) =>
        new(
            [
                .. Enumerable
                    .Range(request.Columns.Count, request.Order.Count)
                    .Select(index => Literal(rows.Handle!, index)),
            ],
            IsInclusive: false
        );

    // SQLite types values, not columns: the literal keeps the type that the value has.
    private static string Literal(sqlite3_stmt row, int index) =>
        raw.sqlite3_column_type(row, index) switch
        {
            raw.SQLITE_INTEGER => raw.sqlite3_column_int64(row, index).ToString(CultureInfo.InvariantCulture),
            raw.SQLITE_FLOAT => raw.sqlite3_column_double(row, index).ToString("E17", CultureInfo.InvariantCulture),
            raw.SQLITE_BLOB => $"X'{Convert.ToHexString(raw.sqlite3_column_blob(row, index))}'",
            raw.SQLITE_NULL => "null",
            _ => SqlIdentifier.Literal(raw.sqlite3_column_text(row, index).utf8_to_string()),
        };
}
