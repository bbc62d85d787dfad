using System.Text.RegularExpressions;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation.Filters;

/// <summary>Filters of texts; another value is taken as it prints.</summary>
internal static partial class TextFilters
{
    public static IReadOnlyDictionary<string, Func<object?, Arguments, object?>> All { get; } =
        new Dictionary<string, Func<object?, Arguments, object?>>(StringComparer.Ordinal)
        {
            ["upper"] = Plain("upper", text => text.ToUpperInvariant()),
            ["lower"] = Plain("lower", text => text.ToLowerInvariant()),
            ["capitalize"] = Plain("capitalize", TextCase.Capitalize),
            ["title"] = Plain("title", TextCase.FilterTitle),
            ["string"] = Plain("string", text => text),
            ["as_text"] = (value, _) => value,
            ["wordcount"] = Plain("wordcount", text => (long)Word().Count(text)),
            ["trim"] = Trim,
            ["replace"] = (value, arguments) =>
                TextMethods.Replace(PythonText.Of(value), arguments.Bind("replace", 2, "old", "new", "count")),
            ["indent"] = (value, arguments) =>
                Indent(PythonText.Of(value), arguments.Bind("indent", 0, "width", "first", "blank")),
            ["center"] = (value, arguments) =>
                Center(PythonText.Of(value), arguments.Bind("center", 0, "width").Size("width", 80)),
            ["format"] = Format,
        };

    private static Func<object?, Arguments, object?> Plain(string name, Func<string, object?> apply) =>
        (value, arguments) =>
        {
            arguments.Bind(name, 0);
            return apply(PythonText.Of(value));
        };

    private static string Trim(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("trim", 0, "chars");
        var text = PythonText.Of(value);
        return bound.Get("chars") is null ? text.Trim() : text.Trim(bound.Text("chars").ToCharArray());
    }

    private static string Format(object? value, Arguments arguments)
    {
        if (arguments is { Positional.Count: > 0, Named.Count: > 0 })
        {
            throw new TemplateException("the filter format takes values or names, not both.");
        }

        if (arguments.Named.Count == 0)
        {
            return PercentFormat.Apply(PythonText.Of(value), new FixedList(arguments.Positional));
        }

        var named = new ValueMap();
        foreach (var (name, item) in arguments.Named)
        {
            named[name] = item;
        }

        return PercentFormat.Apply(PythonText.Of(value), named);
    }

    private static string Indent(string text, BoundArguments bound)
    {
        var prefix = bound.Get("width") is string own
            ? own
            : new string(' ', Math.Clamp(bound.Size("width", 4), 0, 10_000));
        var (first, blank) = (bound.Flag("first"), bound.Flag("blank"));
        // Jinja adds a line end, so that the last one counts as a line of its own.
        var lines = TextMethods.Lines(text + "\n").Cast<string>().ToList();
        Limits.CheckText(text.Length + ((long)lines.Count * prefix.Length));
        var indented = lines.Select((line, at) => at == 0 || (!blank && line.Length == 0) ? line : prefix + line);
        return (first ? prefix : "") + string.Join('\n', indented);
    }

    private static string Center(string text, int width)
    {
        Limits.CheckText(width);
        var missing = width - text.Length;
        if (missing <= 0)
        {
            return text;
        }

        // Python puts the odd blank to the left of a text of odd width.
        var left = (missing / 2) + (missing & width & 1);
        return new string(' ', left) + text + new string(' ', missing - left);
    }

    [GeneratedRegex(@"\w+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
