using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Sluice.Core.Sql;
using Sluice.Core.Time;

namespace Sluice.Lake.PostgreSql;

/// <summary>Writes values as literals that name their type: an index serves no other.</summary>
internal static class WireLiteral
{
    /// <summary>A literal of a text that the server reads as a type.</summary>
    public static string Of(string text, string type) => $"{SqlIdentifier.Literal(text)}::{type}";

    /// <summary>The text of a value that came in one of the forms that <see cref="PostgreSqlReading.IsExact"/> names.</summary>
    public static string TextOf(WireKind wire, ReadOnlySpan<byte> field)
    {
        switch (wire)
        {
            case WireKind.Int2:
                return BinaryPrimitives.ReadInt16BigEndian(field).ToString(CultureInfo.InvariantCulture);
            case WireKind.Int4:
                return BinaryPrimitives.ReadInt32BigEndian(field).ToString(CultureInfo.InvariantCulture);
            case WireKind.Int8:
                return BinaryPrimitives.ReadInt64BigEndian(field).ToString(CultureInfo.InvariantCulture);
            case WireKind.Oid:
                return BinaryPrimitives.ReadUInt32BigEndian(field).ToString(CultureInfo.InvariantCulture);
            case WireKind.Uuid:
                return new Guid(field, bigEndian: true).ToString();
            case WireKind.Date:
                return DayText(BinaryPrimitives.ReadInt32BigEndian(field) + WireTime.Days);
            case WireKind.LocalTime:
                return TimeText(BinaryPrimitives.ReadInt64BigEndian(field) + WireTime.Micros2000);
            case WireKind.Instant:
                return InstantText(BinaryPrimitives.ReadInt64BigEndian(field) + WireTime.Micros2000);
            default:
                return Encoding.UTF8.GetString(field);
        }
    }

    /// <summary>A date, from days since the epoch.</summary>
    public static string DayText(int day) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A wall-clock time, from microseconds since the epoch.</summary>
    public static string TimeText(long micros) =>
        Micros.ToInstant(micros).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>An instant, from microseconds since the epoch.</summary>
    public static string InstantText(long micros) => TimeText(micros) + "+00";
}
