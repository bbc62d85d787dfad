using System.Text.RegularExpressions;

namespace Sluice.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void Every_link_leads_to_a_file()
    {
        var broken = Documents()
            .SelectMany(document =>
                Link()
                    .Matches(WithoutCode(document))
                    .Select(match => match.Groups["to"].Value.Split('#')[0])
                    .Where(to => to.Length > 0 && !to.Contains(':', StringComparison.Ordinal))
                    .Where(to => !Exists(Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(to))))
                    .Select(to => $"{Path.GetRelativePath(Repository.Root, document)} → {to}")
            );

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_file_that_is_mentioned_exists()
    {
        var missing = Documents()
            .SelectMany(document =>
                Mention()
                    .Matches(File.ReadAllText(document))
                    .Select(match => match.Groups["path"].Value)
                    .Where(path => !Exists(Path.Combine(Repository.Root, path)))
                    .Select(path => $"{Path.GetRelativePath(Repository.Root, document)} → {path}")
            );

        Assert.Empty(missing);
    }

    // Documents that the project writes for people; there may be few of them yet.
    private static IEnumerable<string> Documents()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        return Directory
            .EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.Exists(docs) ? Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories) : []);
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static string WithoutCode(string document) => Code().Replace(File.ReadAllText(document), "");

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    // `src/Sluice.Core/…`, `tests/…`: a path in backticks that begins in a folder of the repository.
    [GeneratedRegex(@"`(?<path>(src|tests|samples|docs|bench|\.ci)/[\w./-]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mention();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline, 1000)]
    private static partial Regex Code();
}
