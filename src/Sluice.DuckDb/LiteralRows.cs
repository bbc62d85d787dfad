using System.Globalization;
using System.Text;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>Rows that stand in the statement itself.</summary>
internal static class LiteralRows
{
    public static string Text(TableSchema schema, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(text.Length == 0 ? "select " : " union all select ");
            text.AppendJoin(", ", schema.Columns.Select(column => Cell(column, row.GetValueOrDefault(column.Name))));
        }

        return rows.Count > 0
            ? text.ToString()
            : $"select {string.Join(", ", schema.Columns.Select(column => Cell(column, null)))} where false";
    }

    private static string Cell(Column column, object? value)
    {
        var literal = value switch
        {
            null => "null",
            bool truth => truth ? "true" : "false",
            // As text, so that the engine reads it as the column's type and not by way of a double.
            IFormattable number => SqlIdentifier.Literal(number.ToString(null, CultureInfo.InvariantCulture)),
            _ => SqlIdentifier.Literal(value.ToString() ?? ""),
        };
        return $"cast({literal} as {SqlTypes.NameOf(column.Type)}) as {SqlIdentifier.Quote(column.Name)}";
    }
}
