using System.Text;

namespace Sluice.Core.Time;

/// <summary>Reads intervals as people and other schedulers write them.</summary>
public static class IntervalText
{
    private const string Example = "Write it as 2015-05-01T00:00:00Z/2015-05-02T00:00:00+00:00.";

    /// <summary>Reads <c>START/END</c>: two ISO 8601 times with any offsets from UTC; digits beyond microseconds are cut off.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">The zone of the logical date.</param>
    /// <exception cref="DefinitionException">The text is no interval.</exception>
    public static DataInterval Parse(string text, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split('/') is not [var first, var last])
        {
            throw new DefinitionException($"'{text}' is no interval: START/END is wanted.", Example);
        }

        var (start, end) = (InstantOf(first), InstantOf(last));
        return end > start
            ? new(start, end, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime))
            : throw new DefinitionException($"The interval '{text}' does not end after its start.", Example);
    }

    private static DateTimeOffset InstantOf(string text)
    {
        if (!IsoTime.TryReadTimestamp(Encoding.UTF8.GetBytes(text), out var micros, out var hasOffset))
        {
            throw new DefinitionException($"'{text}' is no time in ISO 8601.", Example);
        }

        if (!hasOffset)
        {
            throw new DefinitionException($"'{text}' does not say its offset from UTC.", "Append Z, or one as +02:00.");
        }

        var instant = DateTimeOffset.UnixEpoch.AddMicroseconds(micros);
        return instant.Year is > DataInterval.FirstYear and < DataInterval.LastYear
            ? instant
            : throw new DefinitionException(
                FormattableString.Invariant(
                    $"'{text}' lies outside of the years {DataInterval.FirstYear + 1} to {DataInterval.LastYear - 1}."
                )
            );
    }
}
