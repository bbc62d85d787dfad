using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>The methods of texts.</summary>
internal static class TextMethods
{
    private static readonly Dictionary<string, Func<string, Arguments, object?>> Known = new(StringComparer.Ordinal)
    {
        ["upper"] = (text, arguments) => None(arguments, "upper") ? text.ToUpperInvariant() : null,
        ["lower"] = (text, arguments) => None(arguments, "lower") ? text.ToLowerInvariant() : null,
        ["title"] = (text, arguments) => None(arguments, "title") ? TextCase.Title(text) : null,
        ["capitalize"] = (text, arguments) => None(arguments, "capitalize") ? TextCase.Capitalize(text) : null,
        ["strip"] = (text, arguments) => Signs(arguments, "strip") is { } signs ? text.Trim(signs) : text.Trim(),
        ["lstrip"] = (text, arguments) =>
            Signs(arguments, "lstrip") is { } signs ? text.TrimStart(signs) : text.TrimStart(),
        ["rstrip"] = (text, arguments) =>
            Signs(arguments, "rstrip") is { } signs ? text.TrimEnd(signs) : text.TrimEnd(),
        ["replace"] = (text, arguments) => Replace(text, arguments.Bind("replace", 2, "old", "new", "count")),
        ["split"] = (text, arguments) => Split(text, arguments.Bind("split", 0, "sep", "maxsplit"), fromEnd: false),
        ["rsplit"] = (text, arguments) => Split(text, arguments.Bind("rsplit", 0, "sep", "maxsplit"), fromEnd: true),
        ["splitlines"] = (text, arguments) => None(arguments, "splitlines") ? Lines(text) : null,
        ["join"] = (text, arguments) => Join(text, Sequence.Of(arguments.Bind("join", 1, "items").Get("items"))),
        ["startswith"] = (text, arguments) =>
            AnyOf(arguments.Bind("startswith", 1, "prefix").Get("prefix"), text.StartsWith),
        ["endswith"] = (text, arguments) => AnyOf(arguments.Bind("endswith", 1, "suffix").Get("suffix"), text.EndsWith),
        ["format"] = BraceFormat.Apply,
        ["find"] = (text, arguments) => (long)text.IndexOf(Part(arguments, "find"), StringComparison.Ordinal),
        ["rfind"] = (text, arguments) => (long)text.LastIndexOf(Part(arguments, "rfind"), StringComparison.Ordinal),
        ["count"] = (text, arguments) => Count(text, Part(arguments, "count")),
        ["isdigit"] = (text, arguments) => None(arguments, "isdigit") && text.Length > 0 && text.All(char.IsDigit),
        ["isalpha"] = (text, arguments) => None(arguments, "isalpha") && text.Length > 0 && text.All(char.IsLetter),
        ["isalnum"] = (text, arguments) =>
            None(arguments, "isalnum") && text.Length > 0 && text.All(char.IsLetterOrDigit),
        ["isupper"] = (text, arguments) =>
            None(arguments, "isupper") && text.Any(char.IsUpper) && !text.Any(char.IsLower),
        ["islower"] = (text, arguments) =>
            None(arguments, "islower") && text.Any(char.IsLower) && !text.Any(char.IsUpper),
        ["zfill"] = (text, arguments) => ZeroFill(text, FieldWidth(arguments, "zfill")),
        ["ljust"] = (text, arguments) => text.PadRight(FieldWidth(arguments, "ljust")),
        ["rjust"] = (text, arguments) => text.PadLeft(FieldWidth(arguments, "rjust")),
        ["removeprefix"] = (text, arguments) =>
            Part(arguments, "removeprefix") is var part && text.StartsWith(part, StringComparison.Ordinal)
                ? text[part.Length..]
                : text,
        ["removesuffix"] = (text, arguments) =>
            Part(arguments, "removesuffix") is { Length: > 0 } part && text.EndsWith(part, StringComparison.Ordinal)
                ? text[..^part.Length]
                : text,
    };

    public static IEnumerable<string> Names => Known.Keys;

    public static Function? Find(string text, string name) =>
        Known.TryGetValue(name, out var method) ? new Function(name, arguments => method(text, arguments)) : null;

    /// <summary>Replaces a part everywhere, or as often as said from the left.</summary>
    public static string Replace(string text, BoundArguments bound)
    {
        var (old, by) = (PythonText.Of(bound.Get("old")), PythonText.Of(bound.Get("new")));
        var most = bound.Get("count") is null ? -1 : bound.Number("count");
        var places = old.Length == 0 ? text.Length + 1L : Count(text, old);
        Limits.CheckText(
            text.Length + ((most < 0 ? places : Math.Min(most, places)) * Math.Max(0, by.Length - old.Length))
        );
        if (old.Length == 0)
        {
            var signs = text.Select((sign, at) => most < 0 || at < most ? $"{by}{sign}" : $"{sign}");
            return string.Concat(signs) + (most < 0 || text.Length < most ? by : "");
        }

        if (most < 0)
        {
            return text.Replace(old, by, StringComparison.Ordinal);
        }

        var parts = text.Split(old, (int)Math.Min(most, int.MaxValue - 1) + 1, StringSplitOptions.None);
        return string.Join(by, parts);
    }

    public static string Join(string separator, IReadOnlyList<object?> items)
    {
        var parts = items
            .Select(item =>
                item as string
                ?? throw new TemplateException(
                    $"join() wants texts, not {PythonText.KindOf(item)}.",
                    "The filter does it for anything: items | join(', ')."
                )
            )
            .ToList();
        Limits.CheckText(parts.Sum(part => (long)part.Length + separator.Length));
        return string.Join(separator, parts);
    }

    /// <summary>The lines without their ends; an end at the end begins no line.</summary>
    public static List<object?> Lines(string text) =>
        text.Length == 0 ? [] : [.. (text.EndsWith('\n') ? text[..^1] : text).Split('\n')];

    private static List<object?> Split(string text, BoundArguments bound, bool fromEnd)
    {
        var most = bound.Number("maxsplit", -1);
        List<string> parts = bound.Get("sep") is null
            ? [.. text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)]
            : [.. text.Split(Separator(bound.Text("sep")))];
        if (most < 0 || parts.Count - 1 <= most)
        {
            return [.. Limits.Check<List<string>>(parts)];
        }

        var separator = bound.Get("sep") as string;
        if (separator is null)
        {
            throw new TemplateException(
                "split() by white space takes no maxsplit here.",
                "Give it a separator: split(' ', 1)."
            );
        }

        var rest = parts.Count - (int)most;
        return fromEnd
            ? [string.Join(separator, parts.Take(rest)), .. parts.Skip(rest)]
            : [.. parts.Take((int)most), string.Join(separator, parts.Skip((int)most))];
    }

    private static string Separator(string separator) =>
        separator.Length > 0 ? separator : throw new TemplateException("split() wants a separator that is not empty.");

    private static long Count(string text, string part) =>
        part.Length == 0
            ? text.Length + 1
            : (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;

    private static string ZeroFill(string text, int width)
    {
        var sign = text.StartsWith('-') || text.StartsWith('+') ? text[..1] : "";
        return sign + text[sign.Length..].PadLeft(Math.Max(0, width - sign.Length), '0');
    }

    private static int FieldWidth(Arguments arguments, string method)
    {
        var width = arguments.Bind(method, 1, "width").Size("width");
        Limits.CheckText(width);
        return Math.Max(0, width);
    }

    private static bool AnyOf(object? parts, Func<string, StringComparison, bool> matches) =>
        parts switch
        {
            string part => matches(part, StringComparison.Ordinal),
            FixedList tuple => tuple.Items.Any(part => matches(PythonText.Of(part), StringComparison.Ordinal)),
            _ => throw new TemplateException($"a text or a tuple of texts is wanted, not {PythonText.KindOf(parts)}."),
        };

    private static string Part(Arguments arguments, string method) => arguments.Bind(method, 1, "part").Text("part");

    private static char[]? Signs(Arguments arguments, string method) =>
        arguments.Bind(method, 0, "chars") is var bound && bound.Get("chars") is null
            ? null
            : bound.Text("chars").ToCharArray();

    private static bool None(Arguments arguments, string method) => arguments.Bind(method, 0) is not null;
}
