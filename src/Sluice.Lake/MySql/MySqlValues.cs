using System.Text.Unicode;
using Sluice.Core.Tables;
using Sluice.Lake.Sources;

namespace Sluice.Lake.MySql;

/// <summary>Copies values of a row into column buffers.</summary>
/// <remarks>
/// All values are read in place, from the bytes of the row; <see cref="MySqlRow"/> tells why.
/// </remarks>
internal static class MySqlValues
{
    /// <summary>Copies one value of the current row.</summary>
    public delegate void Reader(MySqlRow row, int index, ColumnBuffer target);

    /// <summary>The reader of what <see cref="MySqlSelect.Column"/> selects.</summary>
    /// <param name="type">The column as the database declares it.</param>
    /// <param name="lake">The column in the lake.</param>
    /// <param name="zone">What a time without a zone means; null where none is read.</param>
    public static Reader ReaderFor(MySqlType type, ColumnType lake, WallClock? zone) =>
        lake.Kind switch
        {
            ColumnKind.String when type.Family == MySqlFamily.Binary => ReadUtf8,
            ColumnKind.String or ColumnKind.Binary => ReadBytes,
            ColumnKind.Double => ReadDouble,
            ColumnKind.Float => ReadFloat,
            ColumnKind.Date => ReadDate,
            ColumnKind.Timestamp when type.Family == MySqlFamily.Timestamp => ReadInstant,
            ColumnKind.Timestamp => (row, index, target) => ReadTime(row, index, target, zone!),
            _ when lake == MySqlTypes.Find(type) && type.Family == MySqlFamily.Integer => lake.Kind switch
            {
                ColumnKind.Decimal => ReadUnsigned,
                ColumnKind.Long => type.IsUnsigned ? ReadLongUnsigned : ReadLong,
                _ => type.IsUnsigned ? ReadIntegerUnsigned : ReadInteger,
            },
            ColumnKind.Decimal when type.Family == MySqlFamily.Decimal && lake.Precision <= 18 => ReadDecimal,
            _ => (row, index, target) => ReadNumber(row, index, target, type),
        };

    private static void ReadInteger(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<int>)target).Append((int)row.Integer(index));
        }
    }

    private static void ReadLong(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<long>)target).Append(row.Integer(index));
        }
    }

    // Of 32 bits.
    private static void ReadLongUnsigned(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<long>)target).Append((long)row.Unsigned(index));
        }
    }

    // Of 24 bits at most.
    private static void ReadIntegerUnsigned(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<int>)target).Append((int)row.Unsigned(index));
        }
    }

    private static void ReadUnsigned(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<Int128>)target).Append(row.Unsigned(index));
        }
    }

    private static void ReadFloat(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<float>)target).Append(row.Float(index));
        }
    }

    private static void ReadDouble(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<double>)target).Append(row.Double(index));
        }
    }

    private static void ReadBytes(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((BytesColumnBuffer)target).Append(row.Bytes(index));
        }
    }

    private static void ReadUtf8(MySqlRow row, int index, ColumnBuffer target)
    {
        if (!HasValue(row, index, target))
        {
            return;
        }

        var bytes = row.Bytes(index);
        ((BytesColumnBuffer)target).Append(
            Utf8.IsValid(bytes) ? bytes : throw Wrong(target, "bytes that are no text in UTF-8")
        );
    }

    private static void ReadDate(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<int>)target).Append(
                MySqlTime.TryReadDate(row.Bytes(index), out var day) ? day : throw Wrong(target, "a zero date")
            );
        }
    }

    private static void ReadInstant(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<long>)target).Append(MicrosOf(row, index, target));
        }
    }

    private static void ReadTime(MySqlRow row, int index, ColumnBuffer target, WallClock zone)
    {
        if (HasValue(row, index, target))
        {
            ((FixedColumnBuffer<long>)target).Append(zone.ToUtc(MicrosOf(row, index, target)));
        }
    }

    private static long MicrosOf(MySqlRow row, int index, ColumnBuffer target) =>
        MySqlTime.TryRead(row.Bytes(index), out var micros) ? micros : throw Wrong(target, "a zero date");

    private static void ReadDecimal(MySqlRow row, int index, ColumnBuffer target)
    {
        if (HasValue(row, index, target))
        {
            var type = target.Column.Type;
            ((FixedColumnBuffer<long>)target).Append(
                MySqlNumber.TryRead(row.Bytes(index), type.Precision, type.Scale, out var unscaled)
                    ? unscaled
                    : throw Wrong(target, "a number with more digits")
            );
        }
    }

    // Any exact number into any exact type, where it fits.
    private static void ReadNumber(MySqlRow row, int index, ColumnBuffer target, MySqlType type)
    {
        if (!HasValue(row, index, target))
        {
            return;
        }

        var lake = target.Column.Type;
        var isUnsigned = type.IsUnsigned || type.Family == MySqlFamily.Bit;
        var value =
            type.Family == MySqlFamily.Decimal
                ? MySqlNumber.TryRead(row.Bytes(index), lake.Scale, out var read)
                    ? read
                    : throw Wrong(target, "a number with more digits")
                : isUnsigned
                    ? row.Unsigned(index)
                    : row.Integer(index);
        switch (target)
        {
            case FixedColumnBuffer<bool> truths:
                truths.Append(
                    value == 0 || value == 1 ? value == 1 : throw Wrong(target, "a number other than 0 and 1")
                );
                break;
            case FixedColumnBuffer<int> integers:
                var bits = lake.Kind switch
                {
                    ColumnKind.Byte => 8,
                    ColumnKind.Short => 16,
                    _ => 32,
                };
                var limit = 1L << (bits - 1);
                integers.Append(
                    value >= -limit && value < limit ? (int)value : throw Wrong(target, "a greater number")
                );
                break;
            case FixedColumnBuffer<long> longs when lake.Kind == ColumnKind.Long:
                longs.Append(
                    value >= long.MinValue && value <= long.MaxValue
                        ? (long)value
                        : throw Wrong(target, "a greater number")
                );
                break;
            case FixedColumnBuffer<long> decimals:
                decimals.Append((long)Scaled(value, type, target));
                break;
            case FixedColumnBuffer<Int128> decimals:
                decimals.Append(Scaled(value, type, target));
                break;
        }
    }

    private static Int128 Scaled(Int128 value, MySqlType type, ColumnBuffer target)
    {
        var (precision, scale) = (target.Column.Type.Precision, target.Column.Type.Scale);
        if (type.Family != MySqlFamily.Decimal)
        {
            if (!MySqlNumber.Fits(value, precision - scale))
            {
                throw Wrong(target, "a number with more digits");
            }

            for (var i = 0; i < scale; i++)
            {
                value *= 10;
            }
        }

        return MySqlNumber.Fits(value, precision) ? value : throw Wrong(target, "a number with more digits");
    }

    private static bool HasValue(MySqlRow row, int index, ColumnBuffer target)
    {
        if (!row.IsNull(index))
        {
            return true;
        }

        target.AppendNull();
        return false;
    }

    private static MySqlValueException Wrong(ColumnBuffer target, string found) => new(target.Column, found);
}
