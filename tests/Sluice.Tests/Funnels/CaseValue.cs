using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.Core.Time;

namespace Sluice.Tests.Funnels;

/// <summary>
/// Values in cases: null, truth values, numbers, dates and instants are what they look like; all else, and what stands in
/// quotes, is text.
/// </summary>
internal static partial class CaseValue
{
    /// <summary>The value as a column of users holds it.</summary>
    public static object? Read((string Text, bool Quoted) written) =>
        written switch
        {
            { Quoted: true } => written.Text,
            { Text: "null" } => null,
            { Text: "true" } => true,
            { Text: "false" } => false,
            _ when long.TryParse(
                    written.Text,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var whole
                ) => whole,
            _ when Number().IsMatch(written.Text) => double.Parse(written.Text, CultureInfo.InvariantCulture),
            _ when CaseTime.Date(written.Text) is { } date => date,
            _ when CaseTime.Iso(written.Text, TimeZoneInfo.Utc) is { } micros => Micros.ToInstant(micros),
            _ => written.Text,
        };

    /// <summary>The value as the JSON of an event's properties holds it, its digits as they were written.</summary>
    public static string Json((string Text, bool Quoted) written) =>
        !written.Quoted && Read(written) is null or bool or long or double
            ? written.Text
            : JsonSerializer.Serialize(written.Text);

    /// <summary>One text for equal values, and another for others.</summary>
    public static string Print(object? value) =>
        value switch
        {
            null => "null",
            bool truth => truth ? "true" : "false",
            string text => JsonSerializer.Serialize(text),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    /// <summary>The values of a segment.</summary>
    public static string Print(IEnumerable<object?> key) => $"{{{string.Join(", ", key.Select(Print))}}}";

    [GeneratedRegex(@"\A-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
