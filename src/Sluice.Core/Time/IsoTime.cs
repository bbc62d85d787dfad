namespace Sluice.Core.Time;

/// <summary>Reads ISO 8601 dates and times from UTF-8 text without allocating.</summary>
/// <remarks>Years 0001 to 9999. Digits of a second beyond the sixth are cut off.</remarks>
public static class IsoTime
{
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
            || (year += century * 100) < 1
            || month is < 1 or > 12
            || dayOfMonth < 1
            || dayOfMonth > DateTime.DaysInMonth(year, month)
        )
        {
            return false;
        }

        day = Micros.DayOf(new DateOnly(year, month, dayOfMonth));
        return true;
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
        if (text.Length < 16 || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':')
        {
            return false;
        }

        if (
            !TryReadDate(text[..10], out var day)
            || !TryReadTwo(text, 11, out var hour)
            || !TryReadTwo(text, 14, out var minute)
            || hour > 23
            || minute > 59
        )
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
