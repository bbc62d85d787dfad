using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Lake.Sources;
using SQLitePCL;

namespace Sluice.Lake.Sqlite;

/// <summary>Copies values from a SQLite row into column buffers without making objects of them.</summary>
internal static class SqliteValues
{
    /// <summary>Copies one value of the current row.</summary>
    public delegate void Reader(sqlite3_stmt statement, int index, ColumnBuffer target);

    /// <summary>The reader of a column. SQLite types values, not columns: each value is checked.</summary>
    /// <param name="column">The column.</param>
    /// <param name="zone">What a time without an offset means; null makes it an error.</param>
    public static Reader ReaderFor(Column column, TimeZoneInfo? zone) =>
        column.Type.Kind switch
        {
            ColumnKind.Boolean => ReadBoolean,
            ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer => ReadInteger,
            ColumnKind.Long => ReadLong,
            ColumnKind.Float or ColumnKind.Double => ReadDouble,
            ColumnKind.Decimal => ReadDecimal,
            ColumnKind.String => ReadString,
            ColumnKind.Binary => ReadBinary,
            ColumnKind.Date => ReadDate,
            ColumnKind.Timestamp => (statement, index, target) => ReadTimestamp(statement, index, target, zone),
        };

    private static void ReadBoolean(sqlite3_stmt statement, int index, ColumnBuffer target)
    {
        if (TryBegin(statement, index, target, raw.SQLITE_INTEGER))
        {
            var value = raw.sqlite3_column_int64(statement, index);
            ((FixedColumnBuffer<bool>)target).Append(
                value is 0 or 1 ? value == 1 : throw Wrong(target, "an integer other than 0 and 1")
            );
        }
    }

    private static void ReadInteger(sqlite3_stmt statement, int index, ColumnBuffer target)
    {
        if (TryBegin(statement, index, target, raw.SQLITE_INTEGER))
        {
            var value = raw.sqlite3_column_int64(statement, index);
            var bits = target.Column.Type.Kind switch
            {
                ColumnKind.Byte => 8,
                ColumnKind.Short => 16,
                _ => 32,
            };
            var limit = 1L << (bits - 1);
            ((FixedColumnBuffer<int>)target).Append(
                value >= -limit && value < limit ? (int)value : throw Wrong(target, "a greater integer")
            );
        }
    }

    private static void ReadLong(sqlite3_stmt statement, int index, ColumnBuffer target)
    {
        if (TryBegin(statement, index, target, raw.SQLITE_INTEGER))
        {
            ((FixedColumnBuffer<long>)target).Append(raw.sqlite3_column_int64(statement, index));
        }
    }

    private static void ReadDouble(sqlite3_stmt statement, int index, ColumnBuffer target)
    {
        // A column of type REAL may give integers back: SQLite stores whole numbers so.
        if (TryBegin(statement, index, target, raw.SQLITE_FLOAT, raw.SQLITE_INTEGER))
        {
            var value = raw.sqlite3_column_double(statement, index);
            if (target is FixedColumnBuffer<float> floats)
            {
                floats.Append((float)value);
            }
            else
            {
                ((FixedColumnBuffer<double>)target).Append(value);
            }
        }
    }

    private static void ReadDecimal(sqlite3_stmt statement, int index, ColumnBuffer target)
    {
        var kind = raw.sqlite3_column_type(statement, index);
        if (kind == raw.SQLITE_NULL)
        {
            target.AppendNull();
            return;
        }

        if (kind == raw.SQLITE_BLOB)
        {
            throw Wrong(target, "no number");
        }

        // A floating-point value means the shortest number that names it: what the application wrote.
        var type = target.Column.Type;
        var wrong = DecimalText.Read(
            kind == raw.SQLITE_FLOAT
                ? Encoding.UTF8.GetBytes(
                    raw.sqlite3_column_double(statement, index).ToString("R", CultureInfo.InvariantCulture)
                )
                : Text(statement, index),
            type.Precision,
            type.Scale,
            out var unscaled
        );
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

    private static void ReadString(sqlite3_stmt statement, int index, ColumnBuffer target)
    {
        switch (raw.sqlite3_column_type(statement, index))
        {
            case raw.SQLITE_NULL:
                target.AppendNull();
                break;
            case raw.SQLITE_BLOB:
                throw Wrong(target, "a BLOB");
            default:
                // Numbers come as SQLite prints them, which is what a column of texts would have kept.
                ((BytesColumnBuffer)target).Append(Text(statement, index));
                break;
        }
    }

    private static void ReadBinary(sqlite3_stmt statement, int index, ColumnBuffer target)
    {
        if (TryBegin(statement, index, target, raw.SQLITE_BLOB))
        {
            ((BytesColumnBuffer)target).Append(raw.sqlite3_column_blob(statement, index));
        }
    }

    private static void ReadDate(sqlite3_stmt statement, int index, ColumnBuffer target)
    {
        if (TryBegin(statement, index, target, raw.SQLITE_TEXT))
        {
            ((FixedColumnBuffer<int>)target).Append(
                IsoTime.TryReadDate(Text(statement, index), out var day)
                    ? day
                    : throw Wrong(target, "a text that is no date (YYYY-MM-DD)")
            );
        }
    }

    private static void ReadTimestamp(sqlite3_stmt statement, int index, ColumnBuffer target, TimeZoneInfo? zone)
    {
        if (!TryBegin(statement, index, target, raw.SQLITE_TEXT))
        {
            return;
        }

        var text = Text(statement, index);
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
            micros = LocalTime.ToUtc(
                micros,
                zone
                    ?? throw new SqliteValueException(target.Column, "a time without an offset from UTC")
                    {
                        Hint = "Say what it means: timezone: UTC (or another) under the source in sluice.yaml.",
                    }
            );
        }

        ((FixedColumnBuffer<long>)target).Append(micros);
    }

    private static bool TryBegin(
        sqlite3_stmt statement,
        int index,
        ColumnBuffer target,
        int wanted,
        int alsoWanted = raw.SQLITE_NULL
    )
    {
        var found = raw.sqlite3_column_type(statement, index);
        if (found == raw.SQLITE_NULL)
        {
            target.AppendNull();
            return false;
        }

        return found == wanted || found == alsoWanted ? true : throw Wrong(target, NameOf(found));
    }

    private static ReadOnlySpan<byte> Text(sqlite3_stmt statement, int index)
    {
        var text = raw.sqlite3_column_text(statement, index);
        var length = raw.sqlite3_column_bytes(statement, index);
        return length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(in text.GetPinnableReference(), length);
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
