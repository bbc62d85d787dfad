using System.Globalization;
using System.Text;

namespace Sluice.Project.Templates.Values;

/// <summary>Values as Python prints them, which is what Jinja puts into the text.</summary>
internal static class PythonText
{
    /// <summary>What <c>{{ value }}</c> prints.</summary>
    public static string Of(object? value) =>
        value switch
        {
            string text => text,
            Undefined undefined => throw undefined.ToException(),
            Function function => throw new TemplateException(
                $"'{function.Name}' is a function: its parentheses are missing.",
                $"Write {function.Name}(…)."
            ),
            _ => Repr(value),
        };

    /// <summary>What stands for the value inside a list.</summary>
    public static string Repr(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>What messages call a value of that type.</summary>
    public static string KindOf(object? value) =>
        value switch
        {
            null => "none",
            bool => "true or false",
            long => "a whole number",
            double => "a number",
            string => "a text",
            List<object?> => "a list",
            FixedList => "a tuple",
            ValueMap => "a map",
            Namespace => "a namespace",
            Function => "a function",
            Undefined => "nothing",
            ITemplateObject other => other.Kind,
            _ => "this",
        };

    public static string Of(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan"
                : number < 0 ? "-inf"
                : "inf";
        }

        // The shortest digits that give the number again; Python writes an exponent below -4 and from 16 on.
        var scientific = number.ToString("E16", CultureInfo.InvariantCulture);
        var exponent = int.Parse(
            scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1),
            CultureInfo.InvariantCulture
        );
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        if (exponent is >= -4 and < 16)
        {
            var plain = shortest.Contains('E', StringComparison.Ordinal)
                ? decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture)
                    .ToString(CultureInfo.InvariantCulture)
                : shortest;
            return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }

        var digits = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('-').Trim('0');
        var mantissa = digits.Length > 1 ? $"{digits[0]}.{digits[1..]}" : digits;
        var sign = number < 0 ? "-" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}"
        );
    }

    private static void Append(StringBuilder text, object? value)
    {
        Comparison.CheckDepth();
        Limits.CheckText(text.Length);
        switch (value)
        {
            case null:
                text.Append("None");
                break;
            case bool flag:
                text.Append(flag ? "True" : "False");
                break;
            case long number:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                text.Append(Of(number));
                break;
            case string quoted:
                AppendQuoted(text, quoted);
                break;
            case List<object?> list:
                AppendItems(text, list, '[', ']');
                break;
            case FixedList { Items: [var single] }:
                text.Append('(');
                Append(text, single);
                text.Append(",)");
                break;
            case FixedList tuple:
                AppendItems(text, tuple.Items, '(', ')');
                break;
            case ValueMap map:
                AppendMap(text, map);
                break;
            case Undefined undefined:
                throw undefined.ToException();
            case ITemplateObject { Text: { } own }:
                text.Append(own);
                break;
            default:
                throw new TemplateException($"{KindOf(value)} cannot be printed.");
        }
    }

    private static void AppendItems(StringBuilder text, IReadOnlyList<object?> items, char open, char close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Append(text, items[i]);
        }

        text.Append(close);
    }

    private static void AppendMap(StringBuilder text, ValueMap map)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, value) in map.Items)
        {
            text.Append(first ? "" : ", ");
            first = false;
            Append(text, key);
            text.Append(": ");
            Append(text, value);
        }

        text.Append('}');
    }

    private static void AppendQuoted(StringBuilder text, string quoted)
    {
        var quote =
            quoted.Contains('\'', StringComparison.Ordinal) && !quoted.Contains('"', StringComparison.Ordinal)
                ? '"'
                : '\'';
        text.Append(quote);
        foreach (var sign in quoted)
        {
            _ = sign switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\\' => text.Append("\\\\"),
                < ' ' or '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)sign:x2}"),
                _ when sign == quote => text.Append('\\').Append(sign),
                _ => text.Append(sign),
            };
        }

        text.Append(quote);
    }
}
