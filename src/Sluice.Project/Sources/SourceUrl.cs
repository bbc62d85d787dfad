using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Project.Sources;

/// <summary>A connection as a URL: <c>postgresql://user:password@host:5432/database?tls=require</c>. Parts may be references.</summary>
internal sealed partial record SourceUrl(
    string Scheme,
    string? User,
    string? Password,
    string Host,
    int? Port,
    string Path,
    IReadOnlyDictionary<string, string> Options
)
{
    /// <summary>Reads a URL; null where the text is none.</summary>
    public static SourceUrl? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            return null;
        }

        int? port = match.Groups["port"].Success
            ? int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture)
            : null;
        return port is < 1 or > 65_535
            ? null
            : new SourceUrl(
                match.Groups["scheme"].Value,
                Part(match, "user"),
                Part(match, "password"),
                Part(match, "host")?.Trim('[', ']') ?? "",
                port,
                Part(match, "path") ?? "",
                (Part(match, "options") ?? "")
                    .Split('&', StringSplitOptions.RemoveEmptyEntries)
                    .Select(option => option.Split('=', 2))
                    .GroupBy(option => option[0], option => option.Length > 1 ? option[1] : "", StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal)
            );
    }

    // A reference stands for the secret as it is; what is written out is percent-encoded, as in any URL.
    private static string? Part(Match match, string name) =>
        match.Groups[name] is not { Success: true } group ? null
        : References.IsIn(group.Value) ? group.Value
        : Uri.UnescapeDataString(group.Value);

    [GeneratedRegex(
        @"\A(?<scheme>[a-z]+)://(?:(?<user>[^:@/]*)(?::(?<password>.*))?@)?(?<host>\[[^\]]+\]|[^:/?@]*)(?::(?<port>\d{1,5}))?(?:/(?<path>[^?]*))?(?:\?(?<options>.*))?\z",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Form();
}
