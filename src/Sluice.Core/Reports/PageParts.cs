namespace Sluice.Core.Reports;

/// <summary>What the sections of a page are made of.</summary>
internal static class PageParts
{
    private const int LongestLine = 20;
    private static readonly char[] Quotes = ['“', '”'];

    /// <summary>A section with its heading; the caller closes it.</summary>
    public static MarkupWriter Section(this MarkupWriter page, string heading, string? lead = null)
    {
        page.Open("section").Element("h2", heading);
        return lead is null ? page : page.Open("p", ("class", "lead")).Sentence(lead).Close();
    }

    /// <summary>A sentence whose quoted names keep their own direction.</summary>
    public static MarkupWriter Sentence(this MarkupWriter page, string sentence)
    {
        var parts = sentence.Split(Quotes);
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0)
            {
                page.Text(parts[i]);
            }
            else
            {
                page.Element("bdi", parts[i], ("class", "name"));
            }
        }

        return page;
    }

    /// <summary>A chart in the page.</summary>
    public static MarkupWriter Chart(this MarkupWriter page, string svg) =>
        page.Open("div", ("class", "chart")).Raw("\n").Raw(svg).Close();

    /// <summary>A table that scrolls by itself where it is too wide. A heading that begins with <c>&gt;</c> stands over numbers.</summary>
    /// <param name="page">The page.</param>
    /// <param name="names">How many columns at the left are names and not figures.</param>
    /// <param name="headings">The headings.</param>
    /// <param name="rows">Their cells.</param>
    public static MarkupWriter Table(
        this MarkupWriter page,
        int names,
        IReadOnlyList<string> headings,
        IEnumerable<IReadOnlyList<string>> rows
    )
    {
        page.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Table"))
            .Open("table")
            .Open("thead")
            .Open("tr");
        for (var i = 0; i < headings.Count; i++)
        {
            page.Open("th", ("scope", "col"), ("class", i < names ? "text" : null)).Element("bdi", headings[i]).Close();
        }

        page.Close().Close().Open("tbody");
        foreach (var row in rows)
        {
            page.Open("tr");
            for (var i = 0; i < row.Count; i++)
            {
                Cell(page, row[i], i < names);
            }

            page.Close();
        }

        return page.Close().Close().Close();
    }

    private static void Cell(MarkupWriter page, string text, bool isName)
    {
        if (isName)
        {
            page.Open("th", ("scope", "row"), ("class", text.Length > LongestLine ? "text long" : "text"))
                .Element("bdi", text)
                .Close();
            return;
        }

        var mark =
            text.EndsWith(TestMark.Better, StringComparison.Ordinal) ? "better"
            : text.EndsWith(TestMark.Worse, StringComparison.Ordinal) ? "worse"
            : null;
        page.Open("td");
        if (mark is null)
        {
            page.Text(text);
        }
        else
        {
            page.Text(text[..^1]).Element("span", text[^1..], ("class", mark));
        }

        page.Close();
    }
}
