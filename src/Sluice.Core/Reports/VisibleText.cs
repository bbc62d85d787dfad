using System.Globalization;
using System.Text;

namespace Sluice.Core.Reports;

/// <summary>Names and values as they can be shown: what would move a cursor, turn the line around or break a document is replaced.</summary>
public static class VisibleText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text on one line: white space as a blank, and <c>U+FFFD</c> for control characters, marks that change the
    /// direction of what follows, half surrogates and what is no character.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.All(character => character is >= ' ' and < '\u007F'))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            visible.Append(
                rune.Value is '\t' or '\n' or '\r' or 0x85 or 0x2028 or 0x2029 ? " "
                : IsHidden(rune) ? Replacement.ToString()
                : rune.ToString()
            );
        }

        return visible.ToString();
    }

    /// <summary>The same, cut to a length: an ellipsis stands for the rest.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Characters as people count them, at least 1.</param>
    public static string Of(string text, int length)
    {
        var visible = Of(text);
        var starts = StringInfo.ParseCombiningCharacters(visible);
        return starts.Length <= length ? visible : visible[..starts[length - 1]] + "…";
    }

    // EnumerateRunes gives U+FFFD for half a surrogate.
    private static bool IsHidden(Rune rune) =>
        Rune.IsControl(rune)
        || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        || (rune.Value & 0xFFFE) == 0xFFFE
        || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
