using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>The same funnel over the range before.</summary>
internal static class BeforeSection
{
    public static void Write(MarkupWriter page, FunnelAnswer answer, FunnelAnswer before)
    {
        var names = StepNames.Of(answer.Funnel);
        page.Section("Against the period before", $"{Range(before.Funnel)} before, {Range(answer.Funnel)} now.")
            .Table(
                names: 1,
                ["step", "before", "now", "of previous before", "now", "of first before", "now", "change, points"],
                answer.Total.Steps.Select(
                    IReadOnlyList<string> (now, i) =>
                    {
                        var (then, first) = (before.Total.Steps[i].Count, i == 0);
                        return
                        [
                            names[i],
                            Figures.Count(then.Count),
                            Figures.Count(now.Count.Count),
                            first ? "" : Figures.Percent(then.Conversion),
                            first ? "" : Figures.Percent(now.Count.Conversion),
                            first ? "" : Figures.Percent(then.ConversionFromFirst),
                            first ? "" : Figures.Percent(now.Count.ConversionFromFirst),
                            first ? "" : Figures.Points(now.Count.ConversionFromFirst - then.ConversionFromFirst),
                        ];
                    }
                )
            );
        if (answer.Funnel.By.Count > 0)
        {
            WriteSegments(page, answer, before);
        }

        page.Close();
    }

    private static void WriteSegments(MarkupWriter page, FunnelAnswer answer, FunnelAnswer before)
    {
        var labels = FunnelNames.Labels(answer.Funnel.By);
        page.Table(
            labels.Count,
            [.. labels, "before", "now", "first to last before", "now", "change, points"],
            SegmentPair
                .Of(answer, before)
                .Select(
                    IReadOnlyList<string> (pair) =>
                        [
                            .. pair.Names,
                            SegmentPair.EnteredOf(pair.Then),
                            SegmentPair.EnteredOf(pair.Now),
                            Figures.Percent(SegmentPair.ConversionOf(pair.Then)),
                            Figures.Percent(SegmentPair.ConversionOf(pair.Now)),
                            Figures.Points(pair.Change),
                        ]
                )
        );
    }

    private static string Range(FunnelDefinition funnel) =>
        funnel is { From: { } from, To: { } to }
            ? $"{ReportValue.Date(from)} to {ReportValue.Date(to.AddDays(-1))}"
            : "all entries";
}
