using System.Text.RegularExpressions;

namespace Sluice.Tests.Funnels;

/// <summary>
/// Cases as text. Blocks are separated by a line <c>===</c>; each holds a funnel in the notation of docs/semantics.md, after
/// <c>---</c> one unit a line, after another <c>---</c> lines of the answer. A line <c># title</c> above the units begins a case
/// of its own with the same funnel, unless the block has an answer.
/// </summary>
internal static partial class CaseFile
{
    /// <summary>The folder of the suite that every engine runs.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "funnels");

    /// <summary>The suite: every case of every file, by its name.</summary>
    public static IReadOnlyList<FunnelCase> Suite() =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.funnel")
                .Order(StringComparer.Ordinal)
                .SelectMany(file => Read(File.ReadAllText(file), Path.GetFileNameWithoutExtension(file))),
        ];

    /// <summary>The cases in fences <c>```funnel</c> of a document, called by the heading above them.</summary>
    public static IReadOnlyList<FunnelCase> Document(string path)
    {
        var text = File.ReadAllText(path);
        var headings = Heading().Matches(text);
        return
        [
            .. Fence()
                .Matches(text)
                .SelectMany(fence =>
                    Read(
                        fence.Groups["cases"].Value,
                        headings.Last(heading => heading.Index < fence.Index).Groups["title"].Value.Trim(),
                        Line(text, fence.Index)
                    )
                ),
        ];
    }

    private static IEnumerable<FunnelCase> Read(string text, string origin, int? line = null)
    {
        var number = 0;
        foreach (var block in Separator().Split(text))
        {
            foreach (var read in Block(block))
            {
                number++;
                yield return read with
                {
                    Name = FormattableString.Invariant($"{origin} {line ?? number}: {read.Name}"),
                };
            }
        }
    }

    private static IEnumerable<FunnelCase> Block(string block)
    {
        var parts = Divider().Split(block);
        var header = Lines(parts[0]);
        var units = parts.Length < 2 ? [] : Lines(parts[1]);
        IReadOnlyList<string> answer = parts.Length < 3 ? [] : Lines(parts[2]);
        var title = header.FirstOrDefault(IsTitle);
        var yaml = string.Join('\n', header.Where(one => !IsTitle(one)));
        if (answer.Count > 0 || !units.Exists(IsTitle))
        {
            yield return new FunnelCase(title?[2..] ?? "", yaml, [.. units.Where(one => !IsTitle(one))], answer);
            yield break;
        }

        for (var at = 0; at < units.Count; )
        {
            var next = units.FindIndex(at + 1, IsTitle);
            var end = next < 0 ? units.Count : next;
            yield return IsTitle(units[at])
                ? new FunnelCase(units[at][2..], yaml, units[(at + 1)..end], [])
                : throw new FormatException($"A title is missing above '{units[at]}'.");
            at = end;
        }
    }

    private static List<string> Lines(string text) =>
        [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    private static bool IsTitle(string line) => line.StartsWith("# ", StringComparison.Ordinal);

    private static int Line(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(@"^===$\n?", RegexOptions.Multiline, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^---$\n?", RegexOptions.Multiline, 1000)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^#+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(
        @"^```funnel\n(?<cases>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Fence();
}
