using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>An answer as one HTML page that needs nothing beside it: no network, no scripts, readable on a telephone.</summary>
/// <remarks>The same answer gives the same page. It is well-formed XML too.</remarks>
public static class FunnelHtml
{
    /// <summary>Writes the page.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="output">Where it is written; the page says that it is UTF-8.</param>
    public static void Write(FunnelAnswer answer, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(output);
        var title = answer.Funnel.Description ?? answer.Funnel.Name;
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
            .Raw(ChartStyle.Css)
            .Close()
            .Close()
            .Open("body")
            .Open("main");
        WriteBody(page, answer, title);
        page.Close().Close().Close();
        output.Write("<!DOCTYPE html>\n");
        output.Write(page.ToString());
        output.Write('\n');
    }

    private static void WriteBody(MarkupWriter page, FunnelAnswer answer, string title)
    {
        HeadSection.Write(page, answer, title);
        StepsSection.Write(page, answer);
        if (answer.Funnel.By.Count > 0)
        {
            SegmentsSection.Write(page, answer);
        }

        if (answer.Total.Histogram is not null || answer.Total.TimeToConvert is not null)
        {
            TimesSection.Write(page, answer);
        }

        if (answer.Trend.Count > 0)
        {
            TrendSection.Write(page, answer);
        }

        if (answer.Before is { } before)
        {
            BeforeSection.Write(page, answer, before);
        }

        NotesSection.Write(page, answer);
        ProvenanceSection.Write(page, answer);
    }
}
