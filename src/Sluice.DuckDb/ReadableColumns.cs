using System.Globalization;
using Sluice.Core.Sql;

namespace Sluice.DuckDb;

/// <summary>Gives the columns of a query types whose values .NET can hold.</summary>
/// <remarks>Nested values become JSON, and decimals of more digits than .NET has become text: nothing is cut off.</remarks>
internal static class ReadableColumns
{
    private const int DigitsOfDecimal = 28;

    /// <summary>The statement itself where all columns can be read as they are.</summary>
    public static string Select(string statement, IReadOnlyList<QueryColumn> columns)
    {
        if (columns.All(column => KindOf(column) == ResultKind.Plain))
        {
            return statement;
        }

        var list = columns.Select(column =>
        {
            var name = SqlIdentifier.Quote(column.Name);
            return KindOf(column) switch
            {
                ResultKind.Plain => name,
                ResultKind.Number => $"cast({name} as varchar) as {name}",
                ResultKind.Json => $"cast(to_json({name}) as varchar) as {name}",
            };
        });
        return $"""
            select {string.Join(", ", list)} from (
            {statement}
            )
            """;
    }

    /// <summary>What stands for the column's values.</summary>
    public static ResultKind KindOf(QueryColumn column)
    {
        var type = column.Type;
        var nested =
            type.EndsWith(']')
            || type.StartsWith("STRUCT(", StringComparison.Ordinal)
            || type.StartsWith("MAP(", StringComparison.Ordinal)
            || type.StartsWith("UNION(", StringComparison.Ordinal);
        return nested ? ResultKind.Json
            : DigitsOf(type) > DigitsOfDecimal ? ResultKind.Number
            : ResultKind.Plain;
    }

    private static int DigitsOf(string type)
    {
        const string Decimal = "DECIMAL(";
        return type.StartsWith(Decimal, StringComparison.Ordinal)
            ? int.Parse(
                type.AsSpan(Decimal.Length, type.IndexOf(',', StringComparison.Ordinal) - Decimal.Length),
                CultureInfo.InvariantCulture
            )
            : 0;
    }
}
