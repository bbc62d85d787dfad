using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Project.Templates.Values;

/// <summary><c>'%s' % value</c> and <c>'%s' | format(value)</c>.</summary>
internal static partial class PercentFormat
{
    public static string Apply(string format, object? values)
    {
        var items = values is FixedList tuple ? tuple.Items : [values];
        var used = 0;
        var text = new StringBuilder();
        var at = 0;
        foreach (var place in Place().EnumerateMatches(format))
        {
            text.Append(format, at, place.Index - at);
            at = place.Index + place.Length;
            text.Append(One(Place().Match(format, place.Index), values, items, ref used));
            Limits.CheckText(text.Length);
        }

        if (used < items.Count && values is not (ValueMap or List<object?>))
        {
            throw new TemplateException(
                FormattableString.Invariant(
                    $"'{format}' has {used} places, and {items.Count} values were given for them."
                )
            );
        }

        return text.Append(format, at, format.Length - at).ToString();
    }

    private static string One(Match place, object? values, IReadOnlyList<object?> items, ref int used)
    {
        var kind = place.Groups["kind"].Value;
        if (kind == "%")
        {
            return "%";
        }

        object? value;
        if (place.Groups["key"].Success)
        {
            var key = place.Groups["key"].Value;
            if (values is not ValueMap map || !map.TryGet(key, out value))
            {
                throw new TemplateException($"the format '{place.Value}' wants a value '{key}'.");
            }
        }
        else
        {
            value =
                used < items.Count
                    ? items[used++]
                    : throw new TemplateException($"there is no value for '{place.Value}' of the format.");
        }

        var sign = place.Groups["flags"].Value;
        var precision = place.Groups["precision"].Success
            ? FieldFormat.WidthOf(place.Groups["precision"].Value)
            : (int?)null;
        var spec = new FieldFormat(
            Fill: sign.Contains('0', StringComparison.Ordinal) && kind is not ("s" or "r") ? '0' : ' ',
            Align: sign.Contains('-', StringComparison.Ordinal) ? '<'
                : sign.Contains('0', StringComparison.Ordinal) && kind is not ("s" or "r") ? '='
                : '>',
            Plus: sign.Contains('+', StringComparison.Ordinal) ? '+'
                : sign.Contains(' ', StringComparison.Ordinal) ? ' '
                : null,
            Width: FieldFormat.WidthOf(place.Groups["width"].Value),
            Grouping: null,
            Precision: precision,
            Kind: kind switch
            {
                "i" or "u" => 'd',
                "r" => 's',
                _ => kind[0],
            }
        );
        return kind switch
        {
            "s" => spec.Apply(PythonText.Of(value)),
            "r" => spec.Apply(PythonText.Repr(value)),
            "d" or "i" or "u" when value is double number => spec.Apply((long)Math.Truncate(number)),
            _ when Arithmetic.IsNumber(value) => spec.Apply(value),
            _ => throw new TemplateException(
                $"'{place.Value}' of the format wants a number, not {PythonText.KindOf(value)}."
            ),
        };
    }

    [GeneratedRegex(
        @"%(\((?<key>[^)]*)\))?(?<flags>[-+ 0]*)(?<width>[0-9]*)(\.(?<precision>[0-9]+))?(?<kind>[sdiurfFeExX%]|\z|.)",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Place();
}
