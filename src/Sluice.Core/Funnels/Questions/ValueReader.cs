using System.Globalization;
using System.Text.Json;
using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Values as breakdowns compare them: one type per kind, whichever width the engine chose. Not thread safe.</summary>
internal sealed class ValueReader
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private const int MostRemembered = 10_000;
    private readonly Dictionary<string, object?> _remembered = new(StringComparer.Ordinal);

    /// <summary>The value of a JSON text.</summary>
    public object? ReadJson(string? text)
    {
        if (text is null || _remembered.TryGetValue(text, out var value))
        {
            return text is null ? null : _remembered[text];
        }

        value = Parse(text);
        if (_remembered.Count < MostRemembered)
        {
            _remembered[text] = value;
        }

        return value;
    }

    // The engine's JSON is wider than .NET's: it knows NaN, infinity and a comma after the last element, and any depth.
    private static object? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, AnyDepth);
            return ValueOf(json.RootElement, text);
        }
        catch (JsonException)
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? SqlValue.Number(number)
                : text;
        }
    }

    private static object? ValueOf(JsonElement root, string text) =>
        root.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => root.GetString(),
            JsonValueKind.Number => root.TryGetInt64(out var whole) ? whole : SqlValue.Number(root.GetDouble()),
            _ => text,
        };
}
