namespace Sluice.Tests.Templates;

/// <summary>
/// Cases as text. A line <c>=== title</c> begins one, with its template below; a line <c>--- text</c> what it renders to,
/// <c>--- error</c> the problems instead, <c>--- macros</c> a file of macros. What stands before the first case is for readers.
/// </summary>
internal static class TemplateCaseFile
{
    /// <summary>Every case of tests/templates.</summary>
    public static IReadOnlyList<TemplateCase> Suite() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "tests", "templates"), "*.txt")
                .Order(StringComparer.Ordinal)
                .SelectMany(file => Read(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))),
        ];

    private static IEnumerable<TemplateCase> Read(string file, string text)
    {
        var whole = text.EndsWith('\n') ? text[..^1] : text;
        foreach (var block in $"\n{whole}".Split("\n=== ").Skip(1))
        {
            var lines = block.Split('\n');
            var sections = new Dictionary<string, string>(StringComparer.Ordinal);
            var name = "template";
            var from = 1;
            for (var at = 1; at <= lines.Length; at++)
            {
                if (at < lines.Length && !lines[at].StartsWith("--- ", StringComparison.Ordinal))
                {
                    continue;
                }

                sections[name] = string.Join('\n', lines[from..at]);
                name = at < lines.Length ? lines[at][4..] : "";
                from = at + 1;
            }

            yield return new($"{file}: {lines[0]}", sections);
        }
    }
}
