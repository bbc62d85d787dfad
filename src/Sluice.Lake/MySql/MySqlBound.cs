using System.Globalization;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Lake.MySql;

/// <summary>Where a range begins at a value of its cursor.</summary>
internal static class MySqlBound
{
    /// <summary>The value's text at an id or an instant; a time without a zone is one of the source's zone.</summary>
    public static string At(SourceColumn cursor, MySqlType type, long value, TimeZoneInfo? zone)
    {
        switch (type.Family)
        {
            case MySqlFamily.Integer or MySqlFamily.Bit or MySqlFamily.Decimal:
                return value.ToString(CultureInfo.InvariantCulture);
            case MySqlFamily.Timestamp:
                return TextOf(value);
            case MySqlFamily.DateTime when zone is not null:
                return TextOf(LocalMicros(value, zone));
            case MySqlFamily.Date when cursor.Type.Kind == ColumnKind.Timestamp && zone is not null:
                return TextOf(LocalMicros(value, zone) - 1 + Micros.PerDay)[..10];
            case MySqlFamily.Date:
                return TextOf(value - 1 + Micros.PerDay)[..10];
            default:
                throw new PipelineException(
                    $"The column '{cursor.Name}' cannot be a cursor: it has the type {type.Name}."
                )
                {
                    Hint = "Use a growing id, or the time of the last change.",
                };
        }
    }

    private static string TextOf(long micros) =>
        Micros.ToInstant(micros).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    // The wall-clock time at which nothing earlier than the instant is left: within an hour that comes twice, its end, since
    // what the clock showed then counts as of its first coming.
    private static long LocalMicros(long micros, TimeZoneInfo zone)
    {
        var local = micros + (long)zone.GetUtcOffset(Micros.ToInstant(micros)).TotalMicroseconds;
        return
            LocalTime.ToUtc(local, zone) < micros
            && LocalOffsets.Between(local, local + Micros.PerDay, zone) is [_, var after, ..]
            ? after.FromMicros
            : local;
    }
}
