namespace Sluice.Core.Filters;

/// <summary>SQL's <c>like</c> without an escape character.</summary>
internal static class LikePattern
{
    /// <summary>Whether the whole text has the pattern's shape.</summary>
    public static bool Matches(string text, string pattern)
    {
        var (at, part) = (0, 0);
        // Where to go on after a mismatch: one character later for the last % seen. Earlier ones need no second try.
        var (retry, star) = (0, -1);
        while (at < text.Length)
        {
            if (part < pattern.Length && pattern[part] == '%')
            {
                (star, retry) = (part++, at);
            }
            else if (part < pattern.Length && pattern[part] == '_')
            {
                part++;
                at += Width(text, at);
            }
            else if (part < pattern.Length && pattern[part] == text[at])
            {
                part++;
                at++;
            }
            else if (star >= 0)
            {
                retry += Width(text, retry);
                (at, part) = (retry, star + 1);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(part).TrimStart('%').IsEmpty;
    }

    // A character beyond U+FFFF takes two units and is one all the same.
    private static int Width(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
}
