using System.Text;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>Capital letters at the beginning of texts and words.</summary>
internal static class TextCase
{
    public static string Capitalize(string text) =>
        text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    /// <summary>As Python's method: a word begins after anything that is no letter.</summary>
    public static string Title(string text) => Title(text, before => !char.IsLetter(before));

    /// <summary>As Jinja's filter: a word begins after white space, a dash or an opening bracket.</summary>
    public static string FilterTitle(string text) =>
        Title(text, before => char.IsWhiteSpace(before) || before is '-' or '(' or '{' or '[' or '<');

    private static string Title(string text, Func<char, bool> begins)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            result.Append(
                i == 0 || begins(text[i - 1]) ? char.ToUpperInvariant(text[i]) : char.ToLowerInvariant(text[i])
            );
        }

        return result.ToString();
    }
}
