using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Lake.Sources;
using SQLitePCL;

namespace Sluice.Lake.Sqlite;

/// <summary>Copies values from a SQLite row into column buffers without making objects of them.</summary>
internal static class SqliteValues
{
    /// <summary>Copies one value of the current row.</summary>
    public delegate void Reader(SqliteValue value);

    /// <summary>What copies values into a column. SQLite types values, not columns: each value is checked.</summary>
    /// <param name="target">The column.</param>
    /// <param name="zone">What a time without an offset means; null makes it an error.</param>
    public static Reader ReaderFor(ColumnBuffer target, WallClock? zone) =>
        target switch
        {
            FixedColumnBuffer<bool> booleans => value => ReadBoolean(value, booleans),
            FixedColumnBuffer<int> { Column.Type.Kind: ColumnKind.Date } days => value => ReadDate(value, days),
            FixedColumnBuffer<int> integers => IntegerReader(integers),
            FixedColumnBuffer<long> { Column.Type.Kind: ColumnKind.Timestamp } times => value =>
                ReadTimestamp(value, times, zone),
            FixedColumnBuffer<long> { Column.Type.Kind: ColumnKind.Long } longs => value => ReadLong(value, longs),
            FixedColumnBuffer<float> floats => value => ReadFloat(value, floats),
            FixedColumnBuffer<double> doubles => value => ReadDouble(value, doubles),
            BytesColumnBuffer { Column.Type.Kind: ColumnKind.String } texts => value => ReadString(value, texts),
            BytesColumnBuffer blobs => value => ReadBinary(value, blobs),
            _ => value => ReadDecimal(value, target),
        };

    private static Reader IntegerReader(FixedColumnBuffer<int> target)
    {
        var bits = target.Column.Type.Kind switch
        {
            ColumnKind.Byte => 8,
            ColumnKind.Short => 16,
            _ => 32,
        };
        var limit = 1L << (bits - 1);
        return value => ReadInteger(value, target, limit);
    }

    private static void ReadBoolean(SqliteValue value, FixedColumnBuffer<bool> target)
    {
        if (TryBegin(value, target, raw.SQLITE_INTEGER))
        {
            var integer = value.Integer;
            target.Append(integer is 0 or 1 ? integer == 1 : throw Wrong(target, "an integer other than 0 and 1"));
        }
    }

    private static void ReadInteger(SqliteValue value, FixedColumnBuffer<int> target, long limit)
    {
        if (TryBegin(value, target, raw.SQLITE_INTEGER))
        {
            var integer = value.Integer;
            target.Append(
                integer >= -limit && integer < limit ? (int)integer : throw Wrong(target, "a greater integer")
            );
        }
    }

    private static void ReadLong(SqliteValue value, FixedColumnBuffer<long> target)
    {
        if (TryBegin(value, target, raw.SQLITE_INTEGER))
        {
            target.Append(value.Integer);
        }
    }

    // A column of type REAL may give integers back: SQLite stores whole numbers so.
    private static void ReadFloat(SqliteValue value, FixedColumnBuffer<float> target)
    {
        if (TryBegin(value, target, raw.SQLITE_FLOAT, raw.SQLITE_INTEGER))
        {
            target.Append((float)value.Number);
        }
    }

    private static void ReadDouble(SqliteValue value, FixedColumnBuffer<double> target)
    {
        if (TryBegin(value, target, raw.SQLITE_FLOAT, raw.SQLITE_INTEGER))
        {
            target.Append(value.Number);
        }
    }

    private static void ReadDecimal(SqliteValue value, ColumnBuffer target)
    {
        var kind = value.Kind;
        if (kind == raw.SQLITE_NULL)
        {
            target.AppendNull();
            return;
        }

        if (kind == raw.SQLITE_BLOB)
        {
            throw Wrong(target, "no number");
        }

        var type = target.Column.Type;
        Int128 unscaled;
        var wrong =
            kind == raw.SQLITE_FLOAT
                ? DecimalText.Read(value.Number, type.Precision, type.Scale, out unscaled)
                : DecimalText.Read(value.Text, type.Precision, type.Scale, out unscaled);
        if (wrong is not null)
        {
            throw Wrong(target, wrong);
        }

        if (target is FixedColumnBuffer<Int128> wide)
        {
            wide.Append(unscaled);
        }
        else
        {
            ((FixedColumnBuffer<long>)target).Append((long)unscaled);
        }
    }

    private static void ReadString(SqliteValue value, BytesColumnBuffer target)
    {
        switch (value.Kind)
        {
            case raw.SQLITE_NULL:
                target.AppendNull();
                break;
            case raw.SQLITE_BLOB:
                throw Wrong(target, "a BLOB");
            default:
                // Numbers come as SQLite prints them, which is what a column of texts would have kept.
                target.Append(value.Text);
                break;
        }
    }

    private static void ReadBinary(SqliteValue value, BytesColumnBuffer target)
    {
        if (TryBegin(value, target, raw.SQLITE_BLOB))
        {
            target.Append(value.Blob);
        }
    }

    private static void ReadDate(SqliteValue value, FixedColumnBuffer<int> target)
    {
        if (TryBegin(value, target, raw.SQLITE_TEXT))
        {
            target.Append(
                IsoTime.TryReadDate(value.Text, out var day)
                    ? day
                    : throw Wrong(target, "a text that is no date (YYYY-MM-DD)")
            );
        }
    }

    private static void ReadTimestamp(SqliteValue value, FixedColumnBuffer<long> target, WallClock? zone)
    {
        if (!TryBegin(value, target, raw.SQLITE_TEXT))
        {
            return;
        }

        var text = value.Text;
        if (!IsoTime.TryReadTimestamp(text, out var micros, out var hasOffset))
        {
            if (!IsoTime.TryReadDate(text, out var day))
            {
                throw Wrong(target, "a text that is no time (ISO 8601)");
            }

            micros = day * Micros.PerDay;
        }

        if (!hasOffset)
        {
            micros = (
                zone
                ?? throw new SqliteValueException(target.Column, "a time without an offset from UTC")
                {
                    Hint = "Say what it means: timezone: UTC (or another) under the source in sluice.yaml.",
                }
            ).ToUtc(micros);
        }

        target.Append(micros);
    }

    private static bool TryBegin(SqliteValue value, ColumnBuffer target, int wanted, int alsoWanted = raw.SQLITE_NULL)
    {
        var found = value.Kind;
        if (found == raw.SQLITE_NULL)
        {
            target.AppendNull();
            return false;
        }

        return found == wanted || found == alsoWanted ? true : throw Wrong(target, NameOf(found));
    }

    private static SqliteValueException Wrong(ColumnBuffer target, string found) => new(target.Column, found);

    private static string NameOf(int type) =>
        type switch
        {
            raw.SQLITE_INTEGER => "an integer",
            raw.SQLITE_FLOAT => "a number with a fraction",
            raw.SQLITE_TEXT => "a text",
            _ => "a BLOB",
        };
}
