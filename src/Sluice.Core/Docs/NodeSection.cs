using Sluice.Core.Models.Artifacts;
using Sluice.Core.Reports;
using Sluice.Core.Tables;

namespace Sluice.Core.Docs;

/// <summary>The section of a raw table, a seed or a model.</summary>
internal static class NodeSection
{
    private static readonly string[] ColumnHeadings = ["column", "type", "meaning", "tests"];
    private static readonly string[] TestHeadings = ["test", "of", "in the last run"];

    public static void Write(MarkupWriter page, DocsContent content, DocsNodes nodes, DocsTests tests, DocsNode node)
    {
        var own = tests.At(node.Table);
        page.Open("section", ("id", node.Anchor), ("class", "node"), ("data-search", SearchText(content, node, own)))
            .Element("p", KickerOf(node), ("class", $"kicker {node.Word}"))
            .Open("h2")
            .Element("bdi", node.Title)
            .Close();
        WriteDescription(page, node);
        WriteLineage(page, nodes, node);
        WriteFacts(page, NodeFacts.Of(content, node, tests.ResultOf(node)));
        WriteColumns(page, content, node, own);
        if (own.Count > 0)
        {
            page.Element("h3", "Tests");
            WriteTests(page, own);
        }

        if (node.Model is { Seed: null } model)
        {
            WriteSql(page, "SQL as written", model.RawSql);
            WriteSql(
                page,
                "SQL as it runs",
                ManifestJson.Rendered(model.Render, content.Scope) ?? "It cannot be rendered: 'sluice model' says why."
            );
        }

        page.Close();
    }

    /// <summary>A table of tests and how they ended.</summary>
    public static void WriteTests(MarkupWriter page, IReadOnlyList<DocsTest> tests)
    {
        OpenTable(page, TestHeadings);
        foreach (var test in tests)
        {
            page.Open("tr").Open("td").Element("code", test.Name);
            if (test.Description.Length > 0)
            {
                page.Element("small", test.Description);
            }

            page.Close()
                .Element("td", test.Column is null ? test.Kind : $"{test.Column}: {test.Kind}")
                .Open("td")
                .Element("span", test.Words, ("class", $"state {Class(test.State)}"))
                .Close()
                .Close();
        }

        page.Close().Close().Close();
    }

    private static string KickerOf(DocsNode node) =>
        node.Model is { Seed: null } model ? $"model · {ConfigJson.Word(model.Config.Materialized)}" : node.Word;

    private static void WriteDescription(MarkupWriter page, DocsNode node)
    {
        if (node.Source?.SourceDescription is { Length: > 0 } source)
        {
            page.Element("p", source, ("class", "lead below"));
        }

        var paragraphs = node
            .Properties.Description.ReplaceLineEndings("\n")
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var paragraph in paragraphs)
        {
            page.Element("p", paragraph, ("class", "prose"));
        }

        if (paragraphs.Length == 0)
        {
            page.Element("p", "Nobody has described it yet.", ("class", "lead below"));
        }
    }

    private static void WriteLineage(MarkupWriter page, DocsNodes nodes, DocsNode node)
    {
        page.Open("dl", ("class", "notes"));
        Links("reads", node.Parents, "nothing");
        Links("further up", nodes.FurtherUp(node), null);
        Links("read by", [.. nodes.ChildrenOf(node.Table)], "nothing");
        Links("further down", nodes.FurtherDown(node), null);
        page.Close();

        void Links(string term, IReadOnlyList<TableId> tables, string? none)
        {
            if (tables.Count == 0 && none is null)
            {
                return;
            }

            page.Open("div").Element("dt", term).Open("dd");
            for (var i = 0; i < tables.Count; i++)
            {
                var other = nodes.Get(tables[i]);
                page.Text(i == 0 ? "" : ", ").Element("a", other.Title, ("href", $"#{other.Anchor}"));
            }

            page.Text(tables.Count == 0 ? none! : "").Close().Close();
        }
    }

    private static void WriteFacts(MarkupWriter page, IReadOnlyList<(string Term, string Text)> facts)
    {
        page.Open("dl", ("class", "notes"));
        foreach (var (term, text) in facts)
        {
            page.Open("div").Element("dt", term).Open("dd").Element("bdi", text).Close().Close();
        }

        page.Close();
    }

    private static void WriteColumns(
        MarkupWriter page,
        DocsContent content,
        DocsNode node,
        IReadOnlyList<DocsTest> tests
    )
    {
        var columns = DocsColumn.Of(content, node, tests);
        if (columns.Count == 0)
        {
            return;
        }

        // A column of the table that would be empty is left out.
        var hasMeanings = columns.Any(column => column.Description.Length > 0);
        var hasTests = columns.Any(column => column.Tests.Count > 0);
        page.Element("h3", "Columns");
        OpenTable(
            page,
            [
                .. ColumnHeadings.Where(heading =>
                    heading switch
                    {
                        "meaning" => hasMeanings,
                        "tests" => hasTests,
                        _ => true,
                    }
                ),
            ]
        );
        foreach (var column in columns)
        {
            page.Open("tr").Open("td").Element("code", column.Name).Close();
            page.Element("td", column.Type, ("class", "type"));
            if (hasMeanings)
            {
                page.Element("td", column.Description);
            }

            if (hasTests)
            {
                page.Open("td");
                WriteMarks(page, column.Tests);
                page.Close();
            }

            page.Close();
        }

        page.Close().Close().Close();
    }

    private static void WriteMarks(MarkupWriter page, IReadOnlyList<DocsTest> tests)
    {
        foreach (var test in tests)
        {
            page.Element(
                    "span",
                    test.Kind,
                    ("class", $"state {Class(test.State)}"),
                    ("title", $"{test.Name} {test.Words}")
                )
                .Text(" ");
        }
    }

    private static void OpenTable(MarkupWriter page, IReadOnlyList<string> headings)
    {
        page.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Table"))
            .Open("table", ("class", "words"))
            .Open("thead")
            .Open("tr");
        foreach (var heading in headings)
        {
            page.Element("th", heading, ("scope", "col"));
        }

        page.Close().Close().Open("tbody");
    }

    private static void WriteSql(MarkupWriter page, string summary, string sql)
    {
        page.Open("details").Element("summary", summary).Open("pre");
        foreach (var line in sql.Trim('\r', '\n').ReplaceLineEndings("\n").Split('\n'))
        {
            page.Text(line.Replace("\t", "    ", StringComparison.Ordinal).TrimEnd()).Raw("\n");
        }

        page.Close().Close();
    }

    private static string SearchText(DocsContent content, DocsNode node, IReadOnlyList<DocsTest> tests)
    {
        var words = new List<string> { node.Title, node.Word, node.Properties.Description };
        words.AddRange(
            DocsColumn.Of(content, node, tests).SelectMany(column => new[] { column.Name, column.Description })
        );
        words.AddRange(tests.Select(test => test.Name));
        words.AddRange(NodeFacts.TagsOf(node));
        return string.Join(' ', words.Where(word => word.Length > 0)).ToLowerInvariant();
    }

    private static string Class(DocsTestState state) =>
        state switch
        {
            DocsTestState.Passed => "passed",
            DocsTestState.Warned => "warned",
            DocsTestState.Failed => "failed",
            DocsTestState.Skipped or DocsTestState.Unknown => "unknown",
        };
}
