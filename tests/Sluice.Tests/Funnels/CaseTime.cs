using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sluice.Core.Time;

namespace Sluice.Tests.Funnels;

/// <summary>
/// Times in cases: seconds since 1970, as <c>5</c>, <c>-0.000001</c> or <c>14d3h0.5</c>; or dates and times of ISO 8601, by the
/// clocks of the case's zone where no offset is given.
/// </summary>
internal static partial class CaseTime
{
    /// <summary>Microseconds since the epoch.</summary>
    /// <exception cref="FormatException">The text is no time.</exception>
    public static long Read(string text, TimeZoneInfo zone) =>
        Iso(Date(text) is null ? text : $"{text}T00:00", zone)
        ?? Seconds(text)
        ?? throw new FormatException($"'{text}' is no time.");

    /// <summary>The date, or null.</summary>
    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>The instant of an ISO 8601 time, or null.</summary>
    public static long? Iso(string text, TimeZoneInfo zone) =>
        IsoTime.TryReadTimestamp(Encoding.UTF8.GetBytes(text), out var micros, out var hasOffset)
            ? hasOffset
                ? micros
                : LocalTime.ToUtc(micros, zone)
            : null;

    /// <summary>Seconds with as many digits as are needed.</summary>
    public static string Print(long micros) => (micros / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture);

    private static long? Seconds(string text)
    {
        var match = Duration().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var seconds = (86_400 * Part("days")) + (3_600 * Part("hours")) + (60 * Part("minutes")) + Part("seconds");
        return (long)(seconds * 1_000_000) * (match.Groups["minus"].Success ? -1 : 1);

        decimal Part(string name) =>
            match.Groups[name] is { Success: true } part ? decimal.Parse(part.Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(
        @"\A(?=-?[0-9])(?<minus>-)?((?<days>[0-9]+)d)?((?<hours>[0-9]+)h)?((?<minutes>[0-9]+)m)?((?<seconds>[0-9]+(\.[0-9]{1,6})?)s?)?\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Duration();
}
