using System.Buffers.Binary;
using Sluice.Core.Time;

namespace Sluice.Lake.MySql;

/// <summary>Reads dates and times in the form that a prepared statement gives them: year, month, day, and what of the rest is not zero.</summary>
internal static class MySqlTime
{
    private const int EpochDay = 719_162;

    /// <summary>Reads the day. No zero date is read.</summary>
    /// <param name="value">The value's bytes; none for a date of zeros.</param>
    /// <param name="day">Days since the epoch.</param>
    public static bool TryReadDate(ReadOnlySpan<byte> value, out int day)
    {
        day = 0;
        if (value.Length < 4)
        {
            return false;
        }

        var (year, month, date) = (BinaryPrimitives.ReadUInt16LittleEndian(value), value[2], value[3]);
        if (year is < 1 or > 9999 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, date).DayNumber - EpochDay;
        return true;
    }

    /// <summary>Reads the day and the time.</summary>
    /// <param name="value">The value's bytes.</param>
    /// <param name="micros">Microseconds since the epoch, of the clock that the value shows.</param>
    public static bool TryRead(ReadOnlySpan<byte> value, out long micros)
    {
        micros = 0;
        if (!TryReadDate(value, out var day))
        {
            return false;
        }

        micros = day * Micros.PerDay;
        if (value.Length >= 7)
        {
            micros += ((value[4] * 3600L) + (value[5] * 60) + value[6]) * 1_000_000;
        }

        if (value.Length >= 11)
        {
            micros += BinaryPrimitives.ReadUInt32LittleEndian(value[7..]);
        }

        return true;
    }
}
