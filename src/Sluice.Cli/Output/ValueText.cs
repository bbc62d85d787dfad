using System.Collections;
using System.Globalization;
using Sluice.Core.Reports;

namespace Sluice.Cli.Output;

/// <summary>Values of a row as text: the same on every machine.</summary>
internal static class ValueText
{
    /// <summary>The value; an empty text for null.</summary>
    public static string Of(object? value) =>
        value switch
        {
            null or DBNull => "",
            string text => text,
            bool truth => truth ? "true" : "false",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            DateTimeOffset time => time.UtcDateTime.ToString(
                "yyyy-MM-ddTHH:mm:ss.FFFFFFZ",
                CultureInfo.InvariantCulture
            ),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            float number => number.ToString("R", CultureInfo.InvariantCulture),
            byte[] bytes => Convert.ToHexStringLower(bytes),
            Stream bytes => Hex(bytes),
            IDictionary map =>
                $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Of(key)}: {Of(map[key])}"))}}}",
            IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    /// <summary>A whole number with separators, for people.</summary>
    public static string Count(long value) => Figures.Count(value);

    /// <summary>A size, for people.</summary>
    public static string Bytes(long bytes) => Figures.Bytes(bytes);

    /// <summary>A span of time, for people, in its largest unit.</summary>
    public static string Span(TimeSpan span) => Figures.Duration(span.TotalSeconds);

    private static string Hex(Stream bytes)
    {
        using var copy = new MemoryStream();
        bytes.CopyTo(copy);
        return Convert.ToHexStringLower(copy.ToArray());
    }
}
