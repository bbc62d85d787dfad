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
        if (statistics is not IDictionary columns)
        {
            return read;
        }

        foreach (var column in schema.Columns)
        {
            var quoted = Core.Sql.SqlIdentifier.Quote(column.Name);
            if ((columns[quoted] ?? columns[column.Name]) is IDictionary values && values["null_count"] is string nulls)
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
