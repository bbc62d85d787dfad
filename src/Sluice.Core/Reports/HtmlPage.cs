namespace Sluice.Core.Reports;

/// <summary>What stands around the content of every page: one file that needs nothing beside it.</summary>
internal static class HtmlPage
{
    /// <summary>Writes a page.</summary>
    /// <param name="output">Where it is written; the page says that it is UTF-8.</param>
    /// <param name="title">Its title.</param>
    /// <param name="css">The style of its content, after that of all pages.</param>
    /// <param name="content">Writes the content.</param>
    /// <param name="script">What runs after it was read; null for nothing.</param>
    public static void Write(
        TextWriter output,
        string title,
        string css,
        Action<MarkupWriter> content,
        string? script = null
    )
    {
        var page = new MarkupWriter()
            .Open("html", ("lang", "en"))
            .Open("head")
            .Empty("meta", ("charset", "utf-8"))
            .Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Empty("meta", ("name", "color-scheme"), ("content", "light dark"))
            .Element("title", $"{title} – Sluice")
            .Open("style")
            .Raw(PageStyle.Css)
            .Raw("\n")
            .Raw(css)
            .Close()
            .Close()
            .Open("body")
            .Open("main");
        content(page);
        page.Close();
        if (script is not null)
        {
            page.Open("script").Raw(script).Close();
        }

        page.Close().Close();
        output.Write("<!DOCTYPE html>\n");
        output.Write(page.ToString());
        output.Write('\n');
    }
}
