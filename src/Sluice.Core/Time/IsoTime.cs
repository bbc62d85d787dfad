using System.Runtime.Intrinsics;

namespace Sluice.Core.Time;

/// <summary>Reads ISO 8601 dates and times from UTF-8 text without allocating.</summary>
/// <remarks>Years 0001 to 9999. Digits of a second beyond the sixth are cut off.</remarks>
public static class IsoTime
{
    // From the last day of February of year 0 to 1970.
    private const int DaysToEpoch = 719_469;

    // What is subtracted so that digits become their values and separators 0, and what is then the most. What stands between
    // date and time is looked at by itself.
    private static Vector128<byte> Form => Vector128.Create("0000-00-00T00:00"u8);

    private static Vector128<byte> Most => Vector128.Create((byte)9, 9, 9, 9, 0, 9, 9, 0, 9, 9, 255, 9, 9, 0, 9, 9);

    // Century, year, month, day, hour, minute.
    private static Vector128<byte> Tens => Vector128.Create((byte)0, 2, 5, 8, 11, 14, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4);

    private static Vector128<byte> Ones => Vector128.Create((byte)1, 3, 6, 9, 12, 15, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4);

    /// <summary>Reads <c>YYYY-MM-DD</c> and nothing else.</summary>
    /// <param name="text">The text, UTF-8.</param>
    /// <param name="day">Days since the epoch.</param>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        if (
            text.Length != 10
            || text[4] != '-'
            || text[7] != '-'
            || !TryReadTwo(text, 0, out var century)
            || !TryReadTwo(text, 2, out var year)
            || !TryReadTwo(text, 5, out var month)
            || !TryReadTwo(text, 8, out var dayOfMonth)
        )
        {
            return false;
        }

        return TryDay((century * 100) + year, month, dayOfMonth, out day);
    }

    /// <summary>
    /// Reads <c>YYYY-MM-DD</c>, then <c>T</c> or a space, <c>HH:MM</c>, optionally <c>:SS</c>, a fraction and an offset
    /// (<c>Z</c>, <c>+hh</c>, <c>+hhmm</c> or <c>+hh:mm</c>).
    /// </summary>
    /// <param name="text">The text, UTF-8.</param>
    /// <param name="micros">Microseconds since the epoch; of the local time where no offset is given.</param>
    /// <param name="hasOffset">Whether the text says its offset from UTC.</param>
    public static bool TryReadTimestamp(ReadOnlySpan<byte> text, out long micros, out bool hasOffset)
    {
        (micros, hasOffset) = (0, false);
        if (text.Length < 16 || text[10] is not ((byte)'T' or (byte)'t' or (byte)' '))
        {
            return false;
        }

        var digits = Vector128.Create(text) - Form;
        if (Vector128.GreaterThanAny(digits, Most))
        {
            return false;
        }

        // No product here outgrows its byte, so that pairs of bytes can be shifted at once.
        var tens = Vector128.Shuffle(digits, Tens).AsUInt16();
        var twos = ((tens << 3) + (tens << 1)).AsByte() + Vector128.Shuffle(digits, Ones);
        var (hour, minute) = (twos[4], twos[5]);
        if (!TryDay((twos[0] * 100) + twos[1], twos[2], twos[3], out var day) || hour > 23 || minute > 59)
        {
            return false;
        }

        var rest = text[16..];
        if (
            !TryReadSeconds(ref rest, out var secondMicros)
            || !TryReadOffset(rest, out var offsetMinutes, out hasOffset)
        )
        {
            return false;
        }

        micros = (day * Micros.PerDay) + (((hour * 60L) + minute - offsetMinutes) * 60_000_000) + secondMicros;
        return micros is >= Micros.FirstOfYear1 and <= Micros.LastOfYear9999;
    }

    private static bool TryDay(int year, int month, int dayOfMonth, out int day)
    {
        day = 0;
        if (
            year < 1
            || month is < 1 or > 12
            || dayOfMonth < 1
            || (dayOfMonth > 28 && dayOfMonth > DateTime.DaysInMonth(year, month))
        )
        {
            return false;
        }

        // Years that begin in March have their odd day at their end: Howard Hinnant, chrono-compatible low-level date algorithms.
        var (marchYear, marchMonth) = month > 2 ? (year, month - 3) : (year - 1, month + 9);
        day =
            (marchYear * 365)
            + (marchYear / 4)
            - (marchYear / 100)
            + (marchYear / 400)
            + (((marchMonth * 153) + 2) / 5)
            + dayOfMonth
            - DaysToEpoch;
        return true;
    }

    private static bool TryReadSeconds(ref ReadOnlySpan<byte> rest, out long micros)
    {
        micros = 0;
        if (rest.IsEmpty || rest[0] != ':')
        {
            return true;
        }

        if (rest.Length < 3 || !TryReadTwo(rest, 1, out var second) || second > 59)
        {
            return false;
        }

        micros = second * 1_000_000L;
        rest = rest[3..];
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var unit = 100_000L;
        var digits = 1;
        for (; digits < rest.Length && char.IsAsciiDigit((char)rest[digits]); digits++, unit /= 10)
        {
            micros += (rest[digits] - '0') * unit;
        }

        rest = rest[digits..];
        return digits > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> rest, out int minutes, out bool present)
    {
        (minutes, present) = (0, !rest.IsEmpty);
        if (rest.IsEmpty || (rest.Length == 1 && rest[0] is (byte)'Z' or (byte)'z'))
        {
            return true;
        }

        if (
            rest[0] is not ((byte)'+' or (byte)'-')
            || rest.Length is not (3 or 5 or 6)
            || !TryReadTwo(rest, 1, out var hours)
        )
        {
            return false;
        }

        var colon = rest.Length == 6;
        if (colon && rest[3] != ':')
        {
            return false;
        }

        var extra = 0;
        if (rest.Length > 3 && !TryReadTwo(rest, rest.Length - 2, out extra))
        {
            return false;
        }

        minutes = ((hours * 60) + extra) * (rest[0] == '-' ? -1 : 1);
        return hours < 24 && extra < 60;
    }

    private static bool TryReadTwo(ReadOnlySpan<byte> text, int at, out int value)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }
}
