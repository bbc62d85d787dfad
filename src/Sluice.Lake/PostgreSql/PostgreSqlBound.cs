using System.Globalization;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Lake.PostgreSql;

/// <summary>Where a range begins at a value of its cursor.</summary>
internal static class PostgreSqlBound
{
    /// <summary>The bound at an id or an instant; a time without a zone is one of the source's zone.</summary>
    public static SourceBound At(SourceColumn cursor, long value, TimeZoneInfo? zone)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        var literal = cursor.Type.Kind switch
        {
            ColumnKind.Date => WireLiteral.Of(WireLiteral.DayText(DayFrom(value, zone)), "date"),
            ColumnKind.Timestamp
                when cursor.Declared?.EndsWith("without time zone", StringComparison.Ordinal) == true => WireLiteral.Of(
                WireLiteral.TimeText(WallClock(value, zone)),
                "timestamp"
            ),
            ColumnKind.Timestamp => WireLiteral.Of(WireLiteral.InstantText(value), "timestamptz"),
            _ => WireLiteral.Of(
                value.ToString(CultureInfo.InvariantCulture),
                cursor.Declared == "oid" ? "oid" : "bigint"
            ),
        };
        return new([literal], IsInclusive: true);
    }

    // The first day whose midnight is not before the instant.
    private static int DayFrom(long micros, TimeZoneInfo? zone)
    {
        var local = WallClock(micros, zone);
        return (int)Math.Ceiling(local / (double)Micros.PerDay);
    }

    private static long WallClock(long micros, TimeZoneInfo? zone) =>
        zone is not null ? micros + (long)zone.GetUtcOffset(Micros.ToInstant(micros)).TotalMicroseconds : micros;
}
