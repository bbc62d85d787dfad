using System.Globalization;
using Sluice.Core.Reports;

namespace Sluice.Core.Docs;

/// <summary>The documentation of a project's models as one HTML page that needs nothing beside it: no network, readable on a telephone.</summary>
/// <remarks>The same content gives the same page. It is well-formed XML too. Without scripts everything but the search is there.</remarks>
public static class DocsPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="content">What it is about.</param>
    /// <param name="output">Where it is written; the page says that it is UTF-8.</param>
    public static void Write(DocsContent content, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(output);
        var nodes = DocsNodes.Of(content.Project);
        var tests = new DocsTests(content);
        HtmlPage.Write(
            output,
            $"{content.Project.Name}: models",
            DocsStyle.Css,
            page =>
            {
                WriteHead(page, content, nodes, tests);
                WriteOverview(page, nodes);
                foreach (var node in nodes.All)
                {
                    NodeSection.Write(page, content, nodes, tests, node);
                }

                WriteOtherTests(page, tests);
                WriteFoot(page, content);
            },
            DocsScript.Text
        );
    }

    private static void WriteHead(MarkupWriter page, DocsContent content, DocsNodes nodes, DocsTests tests)
    {
        page.Open("header")
            .Element("p", "Models", ("class", "kicker"))
            .Open("h1")
            .Element("bdi", content.Project.Name)
            .Close()
            .Element(
                "p",
                "What the tables mean, where their rows come from, and what is held true of them.",
                ("class", "question")
            )
            .Close();
        WriteProblems(page, content, nodes, tests);
        page.Open("dl", ("class", "figures"));
        Figure(page, "Models", Count(nodes, DocsKind.Model), Seeds(nodes));
        Figure(page, "Sources", Count(nodes, DocsKind.Source), "raw tables");
        Figure(page, "Tests", Figures.Count(tests.All.Count), tests.Summary);
        Figure(
            page,
            "Build",
            content.Build is { } build ? Figures.Count(build.Number) : Figures.None,
            content.Build is { } of ? $"of {of.Interval.Ds}" : "nothing is published yet"
        );
        page.Close();
    }

    private static void WriteProblems(MarkupWriter page, DocsContent content, DocsNodes nodes, DocsTests tests)
    {
        var failed = nodes
            .All.Where(node => node.Model is not null)
            .Select(node => (node.Title, Result: tests.ResultOf(node)))
            .Where(node => node.Result?.Status == "error")
            .Select(node => $"The model “{node.Title}” failed in the last run: {node.Result!.Message}");
        var found = tests
            .All.Where(test => test.State is DocsTestState.Failed or DocsTestState.Warned)
            .Select(test => $"The test “{test.Name}” {test.Words}.");
        var undescribed = nodes.All.Count(node =>
            node.Kind != DocsKind.Source && node.Properties.Description.Length == 0
        );
        string[] lines =
        [
            .. failed,
            .. found,
            .. undescribed > 0
                ? [$"{Plural(undescribed, "model has", "models have")} no description."]
                : Array.Empty<string>(),
        ];
        if (lines.Length == 0)
        {
            return;
        }

        page.Open("section", ("class", "warnings"), ("aria-label", "Warnings"))
            .Element("h2", "Before you rely on this")
            .Open("ul");
        foreach (var line in lines)
        {
            page.Open("li").Sentence(line).Close();
        }

        page.Close().Close();
    }

    private static void WriteOverview(MarkupWriter page, DocsNodes nodes)
    {
        page.Section("Where rows come from", "What reads what, from left to right: raw tables and seeds, then models.");
        GraphSvg.Write(page, nodes);
        // Without scripts there is no search, and no box for it.
        page.Open("p", ("class", "search"), ("id", "search-line"), ("hidden", ""))
            .Open("label", ("for", "search"))
            .Text("Search names, descriptions, columns, tests and tags")
            .Close()
            .Empty("input", ("id", "search"), ("type", "search"), ("autocomplete", "off"), ("spellcheck", "false"))
            .Close()
            .Element("p", "Nothing has all of these words.", ("id", "none"), ("class", "lead"), ("hidden", ""))
            .Open("ul", ("class", "index"));
        foreach (var node in nodes.All.OrderBy(node => node.Kind).ThenBy(node => node.Title, StringComparer.Ordinal))
        {
            page.Open("li", ("data-for", node.Anchor))
                .Element("a", node.Title, ("href", $"#{node.Anchor}"))
                .Text(" ")
                .Element("small", node.Word)
                .Close();
        }

        page.Close().Close();
    }

    private static void WriteOtherTests(MarkupWriter page, DocsTests tests)
    {
        if (tests.OfNothing.Count > 0)
        {
            page.Section("Tests over several tables", "A file each in tests/; the rows it selects must not be there.");
            NodeSection.WriteTests(page, tests.OfNothing);
            page.Close();
        }
    }

    private static void WriteFoot(MarkupWriter page, DocsContent content)
    {
        page.Open("footer").Element("h2", "Where this comes from").Open("dl", ("class", "provenance"));
        Line("written", DocsTime.Of(content.Now));
        if (content.Build is { } build)
        {
            Line(
                "build",
                $"{Figures.Count(build.Number)} of {build.Interval.Ds}, published {DocsTime.Of(build.CreatedAt)}"
            );
        }

        Line("last run", content.LastRun?.GeneratedAt ?? "none known");
        page.Close().Close();

        void Line(string term, string text) =>
            page.Open("div").Element("dt", term).Open("dd").Element("bdi", text).Close().Close();
    }

    private static void Figure(MarkupWriter page, string term, string figure, string note) =>
        page.Open("div").Element("dt", term).Open("dd").Element("b", figure).Element("small", note).Close().Close();

    private static string Count(DocsNodes nodes, DocsKind kind) =>
        Figures.Count(nodes.All.Count(node => node.Kind == kind));

    private static string Seeds(DocsNodes nodes) =>
        nodes.All.Count(node => node.Kind == DocsKind.Seed) is var count && count > 0
            ? $"and {Plural(count, "seed", "seeds")}"
            : "no seeds";

    private static string Plural(int count, string one, string several) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : several)}");
}
