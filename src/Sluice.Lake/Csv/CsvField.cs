using System.Globalization;
using System.Text;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Lake.Csv;

/// <summary>Reads one field of a CSV file as a value of a type.</summary>
internal static class CsvField
{
    private const int LongestTime = 64;

    /// <summary>Whether the field is a value of that kind.</summary>
    public static bool Reads(ReadOnlySpan<char> field, ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Long => TryReadLong(field, out _),
            ColumnKind.Double => TryReadDouble(field, out _),
            ColumnKind.Boolean => TryReadBoolean(field, out _),
            ColumnKind.Date => TryReadDate(field, out _),
            ColumnKind.Timestamp => TryReadTimestamp(field, out _),
            _ => true,
        };

    /// <summary>Appends the field to its column, or says that it does not fit.</summary>
    public static bool TryAppend(ReadOnlySpan<char> field, ColumnBuffer target)
    {
        switch (target.Column.Type.Kind)
        {
            case ColumnKind.Long when TryReadLong(field, out var number):
                ((FixedColumnBuffer<long>)target).Append(number);
                return true;
            case ColumnKind.Double when TryReadDouble(field, out var number):
                ((FixedColumnBuffer<double>)target).Append(number);
                return true;
            case ColumnKind.Boolean when TryReadBoolean(field, out var truth):
                ((FixedColumnBuffer<bool>)target).Append(truth);
                return true;
            case ColumnKind.Date when TryReadDate(field, out var day):
                ((FixedColumnBuffer<int>)target).Append(day);
                return true;
            case ColumnKind.Timestamp when TryReadTimestamp(field, out var micros):
                ((FixedColumnBuffer<long>)target).Append(micros);
                return true;
            case ColumnKind.String:
                ((BytesColumnBuffer)target).Append(field);
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadLong(ReadOnlySpan<char> field, out long value) =>
        long.TryParse(field, NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out value)
        && !IsLabel(field);

    private static bool TryReadDouble(ReadOnlySpan<char> field, out double value)
    {
        const NumberStyles Plain =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(field, Plain, NumberFormatInfo.InvariantInfo, out value)
            && double.IsFinite(value)
            && !IsLabel(field);
    }

    private static bool TryReadBoolean(ReadOnlySpan<char> field, out bool value)
    {
        value = field.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || field.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryReadDate(ReadOnlySpan<char> field, out int day)
    {
        Span<byte> text = stackalloc byte[LongestTime];
        day = 0;
        return TryToAscii(field, ref text) && IsoTime.TryReadDate(text, out day);
    }

    // A time without an offset is UTC; a date stands for its midnight.
    private static bool TryReadTimestamp(ReadOnlySpan<char> field, out long micros)
    {
        Span<byte> text = stackalloc byte[LongestTime];
        micros = 0;
        if (!TryToAscii(field, ref text))
        {
            return false;
        }

        if (IsoTime.TryReadDate(text, out var day))
        {
            micros = day * Micros.PerDay;
            return true;
        }

        return IsoTime.TryReadTimestamp(text, out micros, out _);
    }

    // Digits that name something: 00123 and +4930123456 would lose a part, an integer over 64 bits its last digits.
    private static bool IsLabel(ReadOnlySpan<char> field)
    {
        var digits = field.TrimStart('-');
        return digits[0] == '+'
            || (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]))
            || (
                !digits.ContainsAnyExceptInRange('0', '9')
                && !long.TryParse(field, NumberFormatInfo.InvariantInfo, out _)
            );
    }

    private static bool TryToAscii(ReadOnlySpan<char> field, ref Span<byte> text)
    {
        if (field.Length > text.Length || !Ascii.IsValid(field))
        {
            return false;
        }

        text = text[..Encoding.ASCII.GetBytes(field, text)];
        return true;
    }
}
