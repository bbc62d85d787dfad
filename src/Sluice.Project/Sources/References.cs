using System.Text.RegularExpressions;

namespace Sluice.Project.Sources;

/// <summary>
/// Puts secrets in place of references: <c>${env:NAME}</c> is an environment variable, <c>${file:/path}</c> the content of a file.
/// What cannot be found is told when the source is used, and not before: other commands need no secret.
/// </summary>
internal sealed partial class References(string root)
{
    private readonly List<string> _missing = [];

    /// <summary>What could not be resolved, each as a sentence.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The text with every reference resolved; null for null.</summary>
    public string? Resolve(string? text) => text is null ? null : Reference().Replace(text, Value);

    /// <summary>Whether a text has references.</summary>
    public static bool IsIn(string text) => Reference().IsMatch(text);

    private string Value(Match match)
    {
        var name = match.Groups["name"].Value;
        if (match.Groups["kind"].Value == "env")
        {
            return Environment.GetEnvironmentVariable(name) ?? Miss($"The environment variable '{name}' is not set.");
        }

        var path = Path.GetFullPath(name, root);
        try
        {
            // Files of secrets end with a newline that is no part of them.
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Miss($"The file '{path}' of a secret cannot be read: {failure.Message}");
        }
    }

    private string Miss(string sentence)
    {
        _missing.Add(sentence);
        return "";
    }

    [GeneratedRegex(@"\$\{(?<kind>env|file):(?<name>[^}]+)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
