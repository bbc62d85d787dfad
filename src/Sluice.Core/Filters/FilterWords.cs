namespace Sluice.Core.Filters;

/// <summary>The words of the filter language.</summary>
internal static class FilterWords
{
    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "and",
        "or",
        "not",
        "in",
        "like",
        "is",
        "null",
        "true",
        "false",
    };

    /// <summary>Whether it has a meaning of its own, in whatever case.</summary>
    public static bool IsKeyword(string word) => Keywords.Contains(word);

    /// <summary>Whether it is a name without quotes around it.</summary>
    public static bool IsBareName(string name) =>
        name.Length > 0 && BeginsName(name[0]) && name.All(ContinuesName) && !IsKeyword(name);

    /// <summary>Whether a name without quotes may begin so.</summary>
    public static bool BeginsName(char character) => char.IsLetter(character) || character == '_';

    /// <summary>Whether a name without quotes may go on so.</summary>
    public static bool ContinuesName(char character) => char.IsLetterOrDigit(character) || character == '_';
}
