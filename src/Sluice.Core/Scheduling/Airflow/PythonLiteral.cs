using System.Globalization;
using System.Text;

namespace Sluice.Core.Scheduling.Airflow;

/// <summary>Values as Python source.</summary>
internal static class PythonLiteral
{
    /// <summary>A text in double quotes.</summary>
    public static string Text(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            literal.Append(
                rune.Value switch
                {
                    '"' => "\\\"",
                    '\\' => @"\\",
                    '\n' => "\\n",
                    '\u2028' or '\u2029' => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                    _ when Rune.IsControl(rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                    _ => rune.ToString(),
                }
            );
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A text of a field that Airflow renders, and that is to stay as it is.</summary>
    public static string Unrendered(string text) => Text(text.Replace("{", "{{ '{' }}", StringComparison.Ordinal));

    public static string Flag(bool value) => value ? "True" : "False";

    /// <summary>A <c>timedelta</c>, in the greatest units that it is made of.</summary>
    public static string Span(TimeSpan span)
    {
        var sign = span < TimeSpan.Zero ? "-" : "";
        var length = span.Duration();
        var parts = new (string Unit, long Value)[]
        {
            ("days", length.Days),
            ("hours", length.Hours),
            ("minutes", length.Minutes),
            ("seconds", length.Seconds),
            ("milliseconds", length.Milliseconds),
        }.Where(part => part.Value != 0);
        return $"timedelta({string.Join(", ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Unit}={sign}{part.Value}")))})";
    }

    /// <summary>A <c>pendulum.datetime</c> by the clocks of a zone, or in UTC where these show the time twice.</summary>
    public static string Instant(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var isSure = !zone.IsAmbiguousTime(local);
        var shown = isSure ? local : at.UtcDateTime;
        int[] parts = [shown.Year, shown.Month, shown.Day, shown.Hour, shown.Minute, shown.Second];
        var last = Math.Max(2, Array.FindLastIndex(parts, part => part != 0));
        return $"pendulum.datetime({string.Join(", ", parts[..(last + 1)].Select(part => part.ToString(CultureInfo.InvariantCulture)))}, tz={Text(isSure ? zone.Id : "UTC")})";
    }
}
