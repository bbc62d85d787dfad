using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation.Filters;

/// <summary>Values as JSON, in the layout of Python's <c>json</c>, and back.</summary>
internal static class JsonText
{
    /// <summary>As Jinja's filter: keys sorted, and the signs of HTML escaped.</summary>
    public static string ForHtml(object? value, int indent) =>
        Of(value, indent, sorted: true)
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal)
            .Replace("'", "\\u0027", StringComparison.Ordinal);

    /// <summary>The JSON; on one line where the indent is below 0.</summary>
    public static string Of(object? value, int indent = -1, bool sorted = false)
    {
        var text = new StringBuilder();
        Append(text, value, Math.Min(indent, 100), 0, sorted);
        return text.ToString();
    }

    /// <summary>The value of a JSON text.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static object? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    private static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new ValueMap();
                foreach (var property in element.EnumerateObject())
                {
                    map[property.Name] = Read(property.Value);
                }

                return map;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(Read).ToList();
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                return null;
        }
    }

    private static void Append(StringBuilder text, object? value, int indent, int depth, bool sorted)
    {
        Comparison.CheckDepth();
        Limits.CheckText(text.Length);
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case long or double:
                text.Append(PythonText.Repr(value));
                break;
            case string quoted:
                AppendQuoted(text, quoted);
                break;
            case List<object?> or FixedList:
                AppendAll(
                    text,
                    '[',
                    ']',
                    Sequence.Of(value),
                    indent,
                    depth,
                    item => Append(text, item, indent, depth + 1, sorted)
                );
                break;
            case ValueMap map:
                var items = map.Items.Select(item => (Key: KeyOf(item.Key), item.Value));
                AppendAll(
                    text,
                    '{',
                    '}',
                    [.. sorted ? items.OrderBy(item => item.Key, StringComparer.Ordinal) : items],
                    indent,
                    depth,
                    item =>
                    {
                        AppendQuoted(text, item.Key);
                        text.Append(": ");
                        Append(text, item.Value, indent, depth + 1, sorted);
                    }
                );
                break;
            case Undefined undefined:
                throw undefined.ToException();
            default:
                throw new TemplateException($"{PythonText.KindOf(value)} has no JSON.");
        }
    }

    private static string KeyOf(object? key) =>
        key as string
        ?? (
            key is null or bool or long or double
                ? Of(key)
                : throw new TemplateException($"{PythonText.KindOf(key)} is no key in JSON.")
        );

    private static void AppendAll<T>(
        StringBuilder text,
        char open,
        char close,
        IReadOnlyList<T> items,
        int indent,
        int depth,
        Action<T> append
    )
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(
                i == 0 ? ""
                : indent < 0 ? ", "
                : ","
            );
            NewLine(depth + 1);
            append(items[i]);
        }

        if (items.Count > 0)
        {
            NewLine(depth);
        }

        text.Append(close);

        void NewLine(int level)
        {
            if (indent >= 0)
            {
                text.Append('\n').Append(' ', indent * level);
            }
        }
    }

    private static void AppendQuoted(StringBuilder text, string quoted)
    {
        text.Append('"');
        foreach (var sign in quoted)
        {
            _ = sign switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or >= '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}"),
                _ => text.Append(sign),
            };
        }

        text.Append('"');
    }
}
