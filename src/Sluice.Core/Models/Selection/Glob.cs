using System.Text.RegularExpressions;

namespace Sluice.Core.Models.Selection;

/// <summary>Compares a name with a pattern of <c>*</c> and <c>?</c>.</summary>
internal static class Glob
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static bool IsMatch(string pattern, string name)
    {
        var escaped = Regex
            .Escape(pattern)
            .Replace(@"\*", ".*", StringComparison.Ordinal)
            .Replace(@"\?", ".", StringComparison.Ordinal);
        return Regex.IsMatch(
            name,
            $"\\A{escaped}\\z",
            RegexOptions.Singleline | RegexOptions.CultureInvariant,
            Longest
        );
    }
}
