using System.Globalization;
using System.Text;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Lake.Sources;
using SQLitePCL;

namespace Sluice.Lake.Sqlite;

/// <summary>The statement that reads a page, and where the next one begins.</summary>
internal static class SelectPage
{
    /// <summary>The statement; columns of the order that the page does not have come after those that it has.</summary>
    public static string Text(PageRequest request)
    {
        var columns = request
            .Columns.Select(column => column.Name)
            .Concat(request.Order.Where(name => PlaceOf(request, name) < 0));
        var select = string.Join(", ", columns.Select(SqlIdentifier.Quote));
        var from = SqlIdentifier.Quote(request.Shape.Table);
        var limit = string.Create(CultureInfo.InvariantCulture, $" limit {request.MaxRows}");
        return $"select {select} from {from}{KeysetSql.Tail(request, SqlIdentifier.Quote, rowValues: true)}"
            + (request.Order.Count == 0 ? "" : limit);
    }

    /// <summary>The place after the statement's current row.</summary>
    public static SourceBound After(SqliteRow row, PageRequest request)
    {
        var after = request.Columns.Count;
        return new(
            [
                .. request.Order.Select(name =>
                    Literal(row[PlaceOf(request, name) is >= 0 and var place ? place : after++])
                ),
            ],
            IsInclusive: false
        );
    }

    private static int PlaceOf(PageRequest request, string name)
    {
        for (var i = 0; i < request.Columns.Count; i++)
        {
            if (request.Columns[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    // SQLite types values, not columns: the literal keeps the type that the value has.
    private static string Literal(SqliteValue value) =>
        value.Kind switch
        {
            raw.SQLITE_INTEGER => value.Integer.ToString(CultureInfo.InvariantCulture),
            raw.SQLITE_FLOAT => value.Number.ToString("E17", CultureInfo.InvariantCulture),
            raw.SQLITE_BLOB => $"X'{Convert.ToHexString(value.Blob)}'",
            raw.SQLITE_NULL => "null",
            _ => SqlIdentifier.Literal(Encoding.UTF8.GetString(value.Text)),
        };
}
