using System.Globalization;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation.Filters;

/// <summary>Filters of numbers and of any value.</summary>
internal static class ValueFilters
{
    public static IReadOnlyDictionary<string, Func<object?, Arguments, object?>> All { get; } =
        new Dictionary<string, Func<object?, Arguments, object?>>(StringComparer.Ordinal)
        {
            ["default"] = Default,
            ["d"] = Default,
            ["length"] = Length,
            ["count"] = Length,
            ["int"] = Int,
            ["float"] = Float,
            ["abs"] = Abs,
            ["round"] = Round,
            ["attr"] = (value, arguments) => Methods.Attribute(value, arguments.Bind("attr", 1, "name").Text("name")),
            ["tojson"] = (value, arguments) =>
                JsonText.ForHtml(value, arguments.Bind("tojson", 0, "indent").Size("indent", -1)),
            ["as_bool"] = (value, arguments) => arguments.Bind("as_bool", 0) is null ? null : AsBool(value),
            ["as_number"] = (value, arguments) => arguments.Bind("as_number", 0) is null ? null : AsNumber(value),
            ["as_native"] = (value, arguments) =>
                arguments.Bind("as_native", 0) is null ? null : NativeText.Read(value),
        };

    private static object? Default(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("default", 0, "default_value", "boolean");
        return value is Undefined || (bound.Flag("boolean") && !Comparison.IsTrue(value))
            ? bound.Get("default_value", "")
            : value;
    }

    private static object? Length(object? value, Arguments arguments)
    {
        arguments.Bind("length", 0);
        return value is ValueMap map ? (long)map.Count : (long)Sequence.Of(value).Count;
    }

    private static object? Int(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("int", 0, "default", "base");
        var radix = bound.Number("base", 10);
        switch (value)
        {
            case long or bool:
                return Arithmetic.ToWhole(value);
            case double number:
                return Whole(number) ?? bound.Get("default", 0L);
            case string text when radix == 10:
                text = text.Trim();
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                        ? whole
                    : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                        ? Whole(real) ?? bound.Get("default", 0L)
                    : bound.Get("default", 0L);
            case string text when radix is 2 or 8 or 16:
                try
                {
                    return Convert.ToInt64(text.Trim(), (int)radix);
                }
                catch (Exception wrong) when (wrong is FormatException or OverflowException or ArgumentException)
                {
                    return bound.Get("default", 0L);
                }

            default:
                return bound.Get("default", 0L);
        }
    }

    private static object? Whole(double number) =>
        !double.IsFinite(number) ? null
        : Math.Abs(number) < long.MaxValue ? (long)number
        : throw new TemplateException($"{PythonText.Of(number)} is beyond whole numbers of 64 bits.");

    private static object? Float(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("float", 0, "default");
        return value switch
        {
            string text
                when double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                number,
            long or double or bool => Arithmetic.ToDouble(value),
            _ => bound.Get("default", 0.0),
        };
    }

    private static object? Abs(object? value, Arguments arguments)
    {
        arguments.Bind("abs", 0);
        return value switch
        {
            long number when number < 0 => Arithmetic.Negate(number),
            double number => Math.Abs(number),
            long or bool => Arithmetic.ToWhole(value),
            _ => throw new TemplateException($"abs wants a number, not {PythonText.KindOf(value)}."),
        };
    }

    private static object? Round(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("round", 0, "precision", "method");
        var precision = bound.Size("precision");
        var method = bound.Text("method", "common");
        if (method is not ("common" or "ceil" or "floor"))
        {
            throw new TemplateException("the method of round is 'common', 'ceil' or 'floor'.");
        }

        var number = Arithmetic.ToDouble(value);
        var scale = Math.Pow(10, precision);
        var rounded = method switch
        {
            "ceil" => Math.Ceiling(number * scale) / scale,
            "floor" => Math.Floor(number * scale) / scale,
            _ when precision >= 0 => RoundExactly(number, precision),
            _ => Math.Round(number * scale, MidpointRounding.ToEven) / scale,
        };
        // Python keeps a whole number whole under the common method, and only there.
        return value is long && method == "common" ? (object)(long)rounded : rounded;
    }

    // As Python does: by the digits that the number really has (2.675 is a little less), and halves to the even neighbour.
    private static double RoundExactly(double number, int precision)
    {
        const int More = 25;
        if (precision > 15 || !double.IsFinite(number))
        {
            return number;
        }

        var digits = number.ToString(FormattableString.Invariant($"F{precision + More}"), CultureInfo.InvariantCulture);
        var kept = digits[..^More].TrimEnd('.');
        var isHalf = digits[^More..] == "5".PadRight(More, '0');
        var rounded =
            isHalf && (kept[^1] - '0') % 2 == 0
                ? kept
                : number.ToString(FormattableString.Invariant($"F{precision}"), CultureInfo.InvariantCulture);
        return double.Parse(rounded, CultureInfo.InvariantCulture);
    }

    private static object? AsBool(object? value) =>
        value switch
        {
            bool => value,
            string text when text.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) => true,
            string text when text.Trim().Equals("false", StringComparison.OrdinalIgnoreCase) => false,
            _ => throw new TemplateException($"as_bool wants true or false, not {PythonText.Repr(value)}."),
        };

    private static object? AsNumber(object? value) =>
        NativeText.Read(value) is var number && number is long or double
            ? number
            : throw new TemplateException($"as_number wants a number, not {PythonText.Repr(value)}.");
}
