using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>What was asked, and the answer in a few figures.</summary>
internal static class HeadSection
{
    public static void Write(MarkupWriter page, FunnelAnswer answer, string title)
    {
        var funnel = answer.Funnel;
        page.Open("header")
            .Open("p", ("class", "kicker"))
            .Text("Funnel ")
            .Element("bdi", funnel.Name)
            .Close()
            .Open("h1")
            .Element("bdi", title)
            .Close()
            .Open("p", ("class", "question"))
            .Sentence(FunnelWords.Question(funnel))
            .Close()
            .Open("ul", ("class", "rules"));
        foreach (var rule in FunnelWords.Rules(funnel))
        {
            page.Open("li").Sentence(rule).Close();
        }

        page.Close().Close();
        WriteWarnings(page, answer.Warnings);
        WriteFigures(page, answer);
    }

    private static void WriteWarnings(MarkupWriter page, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
        {
            return;
        }

        page.Open("section", ("class", "warnings"), ("aria-label", "Warnings"))
            .Element("h2", "Before you rely on this");
        page.Open("ul");
        foreach (var warning in warnings)
        {
            page.Element("li", warning);
        }

        page.Close().Close();
    }

    private static void WriteFigures(MarkupWriter page, FunnelAnswer answer)
    {
        var total = answer.Total;
        var (first, last) = (total.Steps[0], total.Steps[^1]);
        page.Open("dl", ("class", "figures"));
        Figure(
            page,
            "Entered",
            Figures.Count(first.Count.Count),
            first.Immature is > 0 and var open
                ? $"{Figures.Count(open)} still have time"
                : FunnelWords.Counted(answer.Funnel)
        );
        Figure(
            page,
            "First to last step",
            Figures.Percent(last.Count.ConversionFromFirst),
            last.ConversionFromFirstInterval is { } interval
                ? $"95 %: {Figures.Percents(interval)}"
                : $"{Figures.Count(last.Count.WithFirst)} of {Figures.Count(last.Count.First)}"
        );
        if (total.Estimate is { } estimate)
        {
            Figure(
                page,
                "Once all windows are over",
                "≈ " + Figures.Percent(estimate.Conversion),
                $"95 %: {Figures.Percents(estimate.Interval)}"
            );
        }

        if (answer.Before is { } before)
        {
            var change = last.Count.ConversionFromFirst - before.Total.Steps[^1].Count.ConversionFromFirst;
            Figure(
                page,
                "Against the period before",
                Figures.Points(change),
                $"points, from {Figures.Percent(before.Total.Steps[^1].Count.ConversionFromFirst)}"
            );
        }

        if (total.TimeToConvert is { } times)
        {
            Figure(
                page,
                "Median time to convert",
                Figures.Duration(times.Median),
                $"nine of ten within {Figures.Duration(times.P90)}"
            );
        }

        page.Close();
    }

    private static void Figure(MarkupWriter page, string name, string value, string note) =>
        page.Open("div").Element("dt", name).Open("dd").Element("b", value).Element("small", note).Close().Close();
}
