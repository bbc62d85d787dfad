using System.Collections;
using System.Globalization;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.DuckDb;

/// <summary>What COPY says of a file's columns.</summary>
internal static class CopyStatistics
{
    /// <summary>Reads the map of maps that <c>return_stats</c> gives; column names in it are quoted as identifiers.</summary>
    public static IReadOnlyDictionary<string, ColumnStatistics> Read(object statistics, TableSchema schema)
    {
        var read = new Dictionary<string, ColumnStatistics>(StringComparer.Ordinal);
        foreach (var column in schema.Columns)
        {
            if (Of(statistics, column.Name) is { } values && values["null_count"] is string nulls)
            {
                read[column.Name] = new(
                    long.Parse(nulls, CultureInfo.InvariantCulture),
                    BoundOf(column.Type, values["min"] as string),
                    BoundOf(column.Type, values["max"] as string)
                );
            }
        }

        return read;
    }

    /// <summary>The first column with a number that is infinite or none; null where all are finite.</summary>
    public static string? NotFinite(object statistics, TableSchema schema) =>
        schema
            .Columns.Where(column => column.Type.Kind is ColumnKind.Float or ColumnKind.Double)
            .Select(column => column.Name)
            .FirstOrDefault(name =>
                Of(statistics, name) is { } values
                && (
                    values["has_nan"] is "true"
                    || IsInfinite(values["min"] as string)
                    || IsInfinite(values["max"] as string)
                )
            );

    private static bool IsInfinite(string? bound) => bound is "inf" or "-inf";

    private static IDictionary? Of(object statistics, string column) =>
        statistics is IDictionary columns
            ? (columns[Core.Sql.SqlIdentifier.Quote(column)] ?? columns[column]) as IDictionary
            : null;

    private static long? BoundOf(ColumnType type, string? text) =>
        type.Kind switch
        {
            ColumnKind.Byte
            or ColumnKind.Short
            or ColumnKind.Integer
            or ColumnKind.Long
                when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                number,
            ColumnKind.Date
                when DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var date
                ) => Micros.DayOf(date),
            _ => null,
        };
}
