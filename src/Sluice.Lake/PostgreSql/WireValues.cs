using System.Buffers.Binary;
using System.Text.Unicode;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Lake.PostgreSql;

/// <summary>Copies values from their binary forms into column buffers without making objects of them.</summary>
internal static class WireValues
{
    private const int UuidTextBytes = 36;

    private static readonly int LeastDay = (int)(Micros.FirstOfYear1 / Micros.PerDay);
    private static readonly int GreatestDay = (int)(Micros.LastOfYear9999 / Micros.PerDay);

    /// <summary>Copies one value that is not null.</summary>
    public delegate void Reader(ReadOnlySpan<byte> field, ColumnBuffer target);

    /// <summary>The reader of a column.</summary>
    /// <param name="wire">The form in which its values come.</param>
    /// <param name="type">The column's type.</param>
    /// <param name="zone">What a time without an offset means.</param>
    /// <param name="checksText">Whether texts may be no UTF-8.</param>
    public static Reader ReaderFor(WireKind wire, ColumnType type, TimeZoneInfo? zone, bool checksText) =>
        wire switch
        {
            WireKind.Bool => (field, target) => ((FixedColumnBuffer<bool>)target).Append(field[0] != 0),
            WireKind.Int2 => IntegerReader(type.Kind, BinaryPrimitives.ReadInt16BigEndian),
            WireKind.Int4 => type.Kind == ColumnKind.Integer
                ? (field, target) => ((FixedColumnBuffer<int>)target).Append(BinaryPrimitives.ReadInt32BigEndian(field))
                : IntegerReader(type.Kind, BinaryPrimitives.ReadInt32BigEndian),
            WireKind.Int8 => type.Kind == ColumnKind.Long
                ? (field, target) =>
                    ((FixedColumnBuffer<long>)target).Append(BinaryPrimitives.ReadInt64BigEndian(field))
                : IntegerReader(type.Kind, BinaryPrimitives.ReadInt64BigEndian),
            WireKind.Oid => IntegerReader(type.Kind, BinaryPrimitives.ReadUInt32BigEndian),
            WireKind.Float4 => (field, target) =>
                ((FixedColumnBuffer<float>)target).Append(BinaryPrimitives.ReadSingleBigEndian(field)),
            WireKind.Float8 => (field, target) =>
                ((FixedColumnBuffer<double>)target).Append(BinaryPrimitives.ReadDoubleBigEndian(field)),
            WireKind.Numeric => NumericReader(type),
            WireKind.Text => checksText
                ? ReadCheckedText
                : (field, target) => ((BytesColumnBuffer)target).Append(field),
            WireKind.Bytes => (field, target) => ((BytesColumnBuffer)target).Append(field),
            WireKind.Uuid => (field, target) => ReadUuid(field, target),
            WireKind.Date => (field, target) => ReadDate(field, target),
            WireKind.LocalTime => LocalTimeReader(WireTime.ToUtc(zone!)),
            WireKind.Instant => (field, target) => ((FixedColumnBuffer<long>)target).Append(ReadMicros(field, target)),
        };

    /// <summary>Writes an identifier as PostgreSQL does: 36 characters in lower case.</summary>
    public static void WriteUuid(ReadOnlySpan<byte> bytes, Span<byte> text) =>
        new Guid(bytes, bigEndian: true).TryFormat(text, out _);

    private static Reader IntegerReader(ColumnKind kind, Func<ReadOnlySpan<byte>, long> read)
    {
        if (kind == ColumnKind.Long)
        {
            return (field, target) => ((FixedColumnBuffer<long>)target).Append(read(field));
        }

        var limit = LimitOf(kind);
        return (field, target) => ((FixedColumnBuffer<int>)target).Append(Narrow(read(field), limit, target));
    }

    private static Reader IntegerReader(ColumnKind kind, Func<ReadOnlySpan<byte>, short> read) =>
        IntegerReader(kind, field => (long)read(field));

    private static Reader IntegerReader(ColumnKind kind, Func<ReadOnlySpan<byte>, int> read) =>
        IntegerReader(kind, field => (long)read(field));

    private static Reader IntegerReader(ColumnKind kind, Func<ReadOnlySpan<byte>, uint> read) =>
        IntegerReader(kind, field => (long)read(field));

    private static Reader NumericReader(ColumnType type)
    {
        if (type.Kind != ColumnKind.Decimal)
        {
            return (field, target) => ReadWholeNumber(field, target);
        }

        var (precision, scale) = (type.Precision, type.Scale);
        if (precision > 18)
        {
            return (field, target) =>
                ((FixedColumnBuffer<Int128>)target).Append(ReadNumeric(field, precision, scale, target));
        }

        return (field, target) =>
            ((FixedColumnBuffer<long>)target).Append((long)ReadNumeric(field, precision, scale, target));
    }

    private static Int128 ReadNumeric(ReadOnlySpan<byte> field, int precision, int scale, ColumnBuffer target) =>
        WireNumeric.Read(field, precision, scale, out var value) is { } wrong ? throw Wrong(target, wrong) : value;

    private static void ReadWholeNumber(ReadOnlySpan<byte> field, ColumnBuffer target)
    {
        var value = ReadNumeric(field, precision: 19, scale: 0, target);
        if (target is FixedColumnBuffer<long> longs)
        {
            longs.Append(
                value >= long.MinValue && value <= long.MaxValue
                    ? (long)value
                    : throw Wrong(target, "a greater integer")
            );
        }
        else
        {
            var clamped = (long)Int128.Clamp(value, long.MinValue, long.MaxValue);
            ((FixedColumnBuffer<int>)target).Append(Narrow(clamped, LimitOf(target.Column.Type.Kind), target));
        }
    }

    private static void ReadCheckedText(ReadOnlySpan<byte> field, ColumnBuffer target) =>
        ((BytesColumnBuffer)target).Append(
            Utf8.IsValid(field) ? field : throw Wrong(target, "a text that is not UTF-8")
        );

    private static void ReadUuid(ReadOnlySpan<byte> field, ColumnBuffer target)
    {
        Span<byte> text = stackalloc byte[UuidTextBytes];
        WriteUuid(field, text);
        ((BytesColumnBuffer)target).Append(text);
    }

    private static void ReadDate(ReadOnlySpan<byte> field, ColumnBuffer target)
    {
        var day = BinaryPrimitives.ReadInt32BigEndian(field);
        if (day is int.MinValue or int.MaxValue)
        {
            throw Wrong(target, "an infinity");
        }

        var unix = day + (long)WireTime.Days;
        ((FixedColumnBuffer<int>)target).Append(
            unix >= LeastDay && unix <= GreatestDay
                ? (int)unix
                : throw Wrong(target, "a date outside of the years 1 to 9999")
        );
    }

    private static Reader LocalTimeReader(Func<long, long> toUtc) =>
        (field, target) =>
        {
            var micros = toUtc(ReadMicros(field, target));
            ((FixedColumnBuffer<long>)target).Append(
                micros is >= Micros.FirstOfYear1 and <= Micros.LastOfYear9999
                    ? micros
                    : throw Wrong(target, "a time outside of the years 1 to 9999")
            );
        };

    private static long ReadMicros(ReadOnlySpan<byte> field, ColumnBuffer target)
    {
        var micros = BinaryPrimitives.ReadInt64BigEndian(field);
        return micros switch
        {
            long.MinValue or long.MaxValue => throw Wrong(target, "an infinity"),
            < Micros.FirstOfYear1 - WireTime.Micros2000 or > Micros.LastOfYear9999 - WireTime.Micros2000 => throw Wrong(
                target,
                "a time outside of the years 1 to 9999"
            ),
            _ => micros + WireTime.Micros2000,
        };
    }

    private static long LimitOf(ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Byte => 1L << 7,
            ColumnKind.Short => 1L << 15,
            _ => 1L << 31,
        };

    private static int Narrow(long value, long limit, ColumnBuffer target) =>
        value >= -limit && value < limit ? (int)value : throw Wrong(target, "a greater integer");

    private static PostgreSqlValueException Wrong(ColumnBuffer target, string found) => new(target.Column, found);
}
