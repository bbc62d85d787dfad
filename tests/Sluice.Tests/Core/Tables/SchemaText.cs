using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Tables;

/// <summary>Columns as a short text: <c>id long, amount decimal(10,2)</c>; a column per <c>, </c>.</summary>
internal static class SchemaText
{
    public static TableSchema Parse(string text) =>
        new(text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(ColumnOf));

    public static string Print(IEnumerable<Column> columns) =>
        string.Join(", ", columns.Select(column => $"{column.Name} {column.Type}"));

    private static Column ColumnOf(string text) =>
        text.LastIndexOf(' ') is var at && ColumnType.TryParse(text[(at + 1)..], out var type)
            ? new(text[..at], type)
            : throw new FormatException($"'{text}' is no column: NAME TYPE is wanted.");
}
