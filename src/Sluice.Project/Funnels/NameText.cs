using Sluice.Core;

namespace Sluice.Project.Funnels;

/// <summary>
/// Names of properties as text, as in a <c>where</c>: in double quotes stands the name as it is, with a quote written twice.
/// </summary>
internal static class NameText
{
    private const char Quote = '"';

    /// <summary>Reads one name.</summary>
    /// <exception cref="DefinitionException">It is empty, or its quotes do not close.</exception>
    public static string Read(string text)
    {
        var name = text.Trim();
        if (!IsQuoted(name))
        {
            return FunnelWords.Name(name);
        }

        var inside = name.Length > 1 && name[^1] == Quote ? name[1..^1] : "\"";
        var plain = inside.Replace("\"\"", "", StringComparison.Ordinal);
        return !plain.Contains(Quote, StringComparison.Ordinal)
            ? FunnelWords.Name(inside.Replace("\"\"", "\"", StringComparison.Ordinal))
            : throw new DefinitionException(
                $"The quotes of {name} do not close.",
                "Write a quote inside of a name twice: \"a\"\"b\"."
            );
    }

    /// <summary>Whether a text is a name in quotes.</summary>
    public static bool IsQuoted(string text) => text.StartsWith(Quote);

    /// <summary>The name in quotes.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The parts between commas; one in quotes, which begin a name, does not separate.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var (start, isInside) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == Quote)
            {
                isInside = !isInside && (at == start || text[at - 1] is ' ' or '.' or ':' or Quote);
            }
            else if (text[at] == ',' && !isInside)
            {
                yield return text[start..at];
                start = at + 1;
            }
        }

        yield return text[start..];
    }
}
