using System.IO.Enumeration;

namespace Sluice.Core.Models.Selection;

/// <summary>Compares a name with a pattern of <c>*</c> and <c>?</c>.</summary>
internal static class Glob
{
    public static bool IsMatch(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
