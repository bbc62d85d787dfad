using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>The years 1 to 9999: a date or time outside of them, infinity too, is a value that is not known.</summary>
internal static class SqlCalendar
{
    /// <summary>The condition that a column's value lies inside; null for a type that is neither date nor time.</summary>
    public static string? Contains(ColumnKind kind, string column) =>
        kind switch
        {
            ColumnKind.Date => $"{column} between date '0001-01-01' and date '9999-12-31'",
            ColumnKind.Timestamp =>
                $"{column} between timestamptz '0001-01-01 00:00:00+00' and timestamptz '9999-12-31 23:59:59.999999+00'",
            _ => null,
        };
}
