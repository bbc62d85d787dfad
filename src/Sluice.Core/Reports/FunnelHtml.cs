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
        HtmlPage.Write(output, title, ChartStyle.Css, page => WriteBody(page, answer, title));
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
