using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Project.Templates.Values;

/// <summary>How a value is written into a format: <c>{:&gt;8.2f}</c> or <c>%8.2f</c>.</summary>
internal sealed partial record FieldFormat(
    char Fill,
    char? Align,
    char? Plus,
    int Width,
    char? Grouping,
    int? Precision,
    char Kind
)
{
    private const int Widest = 10_000;

    /// <summary>Reads what follows the colon.</summary>
    public static FieldFormat Parse(string spec)
    {
        var match = Spec().Match(spec);
        if (!match.Success)
        {
            throw new TemplateException($"the format '{spec}' is not known.", "It is like >8, 05d, ,d, .2f or .1%.");
        }

        var zero = match.Groups["zero"].Success;
        return new(
            match.Groups["fill"].Success ? match.Groups["fill"].Value[0]
                : zero ? '0'
                : ' ',
            match.Groups["align"].Success ? match.Groups["align"].Value[0]
                : zero ? '='
                : null,
            match.Groups["plus"].Success ? match.Groups["plus"].Value[0] : null,
            WidthOf(match.Groups["width"].Value),
            match.Groups["grouping"].Success ? match.Groups["grouping"].Value[0] : null,
            match.Groups["precision"].Success ? WidthOf(match.Groups["precision"].Value) : null,
            match.Groups["kind"].Success ? match.Groups["kind"].Value[0] : '\0'
        );
    }

    public string Apply(object? value)
    {
        if (value is string text && Kind is '\0' or 's')
        {
            text = Precision is { } most && most < text.Length ? text[..most] : text;
            return Pad("", text, Align ?? '<');
        }

        if (value is bool && Kind == '\0')
        {
            return Pad("", PythonText.Of(value), Align ?? '<');
        }

        if (!Arithmetic.IsNumber(value))
        {
            return Kind == '\0' && value is not Undefined
                ? Pad("", PythonText.Of(value), Align ?? '<')
                : throw new TemplateException($"this format wants a number, not {PythonText.KindOf(value)}.");
        }

        var negative = Arithmetic.ToDouble(value) < 0;
        var digits = Digits(value);
        var sign = negative ? "-" : Plus?.ToString() ?? "";
        return Pad(sign, digits, Align ?? '>');
    }

    /// <summary>A width that is written in a format; nothing is 0.</summary>
    public static int WidthOf(string digits) =>
        digits.Length == 0 ? 0
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width <= Widest
            ? width
        : throw new TemplateException(
            FormattableString.Invariant($"the width {digits} of a format is above {Widest}.")
        );

    // Without sign.
    private string Digits(object? value)
    {
        var culture = CultureInfo.InvariantCulture;
        if (Kind is 'd' or 'x' or 'X' or 'b' || (Kind == '\0' && value is not double && Precision is null))
        {
            if (value is double)
            {
                throw new TemplateException("this format wants a whole number.");
            }

            var whole = Math.Abs((decimal)Arithmetic.ToWhole(value));
            return Kind switch
            {
                'x' => ((ulong)whole).ToString("x", culture),
                'X' => ((ulong)whole).ToString("X", culture),
                'b' => ((ulong)whole).ToString("b", culture),
                _ => Grouped(whole.ToString(Grouping is null ? "F0" : "N0", culture)),
            };
        }

        var number = Math.Abs(Arithmetic.ToDouble(value));
        return Kind switch
        {
            '%' => (number * 100).ToString($"F{Precision ?? 6}", culture) + "%",
            'e' or 'E' => number.ToString($"0.{new string('0', Precision ?? 6)}{Kind}+00", culture),
            'f' or 'F' => Grouped(number.ToString($"{(Grouping is null ? "F" : "N")}{Precision ?? 6}", culture)),
            _ when Precision is null => PythonText.Of(number),
            _ => throw new TemplateException("a precision wants the letter f: .2f."),
        };
    }

    private string Grouped(string digits) => Grouping == '_' ? digits.Replace(',', '_') : digits;

    private string Pad(string sign, string text, char align)
    {
        var missing = Width - sign.Length - text.Length;
        if (missing <= 0)
        {
            return sign + text;
        }

        var left = missing / 2;
        return align switch
        {
            '<' => sign + text + new string(Fill, missing),
            '=' => sign + new string(Fill, missing) + text,
            '^' => new string(Fill, left) + sign + text + new string(Fill, missing - left),
            _ => new string(Fill, missing) + sign + text,
        };
    }

    [GeneratedRegex(
        @"\A((?<fill>.)?(?<align>[<>=^]))?(?<plus>[-+ ])?(?<zero>0)?(?<width>[0-9]+)?(?<grouping>[,_])?(\.(?<precision>[0-9]+))?(?<kind>[sdfFeExXb%])?\z",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Spec();
}
