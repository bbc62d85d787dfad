using Sluice.Core.Time;

namespace Sluice.Lake.MySql;

/// <summary>Reads dates and times in the one form in which the server writes them.</summary>
/// <remarks><see cref="IsoTime"/> reads many forms, which takes four times as long.</remarks>
internal static class MySqlTime
{
    private const int EpochDay = 719_162;

    /// <summary>Reads <c>YYYY-MM-DD</c>. No zero date is read.</summary>
    /// <param name="text">The text.</param>
    /// <param name="day">Days since the epoch.</param>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        if (text.Length != 10)
        {
            return false;
        }

        var year = (Two(text, 0) * 100) + Two(text, 2);
        var month = Two(text, 5);
        var date = Two(text, 8);
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, date).DayNumber - EpochDay;
        return true;
    }

    /// <summary>Reads <c>YYYY-MM-DD</c>, or that and <c>HH:MM:SS</c> with a fraction or without.</summary>
    /// <param name="text">The text.</param>
    /// <param name="micros">Microseconds since the epoch, of the clock that the text shows.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length < 10 || !TryReadDate(text[..10], out var day))
        {
            return false;
        }

        micros = day * Micros.PerDay;
        if (text.Length == 10)
        {
            return true;
        }

        if (text.Length < 19)
        {
            return false;
        }

        var fraction = 0;
        for (var i = 20; i < 26; i++)
        {
            fraction = (fraction * 10) + (i < text.Length ? text[i] - '0' : 0);
        }

        micros += (((Two(text, 11) * 3600L) + (Two(text, 14) * 60) + Two(text, 17)) * 1_000_000) + fraction;
        return true;
    }

    private static int Two(ReadOnlySpan<byte> text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';
}
