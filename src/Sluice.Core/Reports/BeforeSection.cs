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
            )
            .Close();
    }

    private static string Range(FunnelDefinition funnel) =>
        funnel is { From: { } from, To: { } to }
            ? $"{ReportValue.Date(from)} to {ReportValue.Date(to.AddDays(-1))}"
            : "all entries";
}
