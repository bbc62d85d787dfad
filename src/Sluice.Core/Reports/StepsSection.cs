using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>The steps of the whole: a chart and all figures.</summary>
internal static class StepsSection
{
    public static void Write(MarkupWriter page, FunnelAnswer answer)
    {
        page.Section("Steps").Chart(SvgChart.Steps(answer, "steps"));
        page.Table(names: 1, Headings(answer), Rows(answer.Funnel, answer.Total)).Close();
    }

    private static List<string> Headings(FunnelAnswer answer) =>
        [
            "step",
            FunnelWords.Counted(answer.Funnel) is { Length: < 12 } counted ? counted : "count",
            "of previous",
            "95 %",
            "of first",
            "95 %",
            "drop-off",
            .. Timed(answer.Total) ? ["mean time", "median", "p90"] : Array.Empty<string>(),
            .. Windowed(answer.Total) ? ["still open"] : Array.Empty<string>(),
        ];

    private static IEnumerable<IReadOnlyList<string>> Rows(FunnelDefinition funnel, FunnelSegment total)
    {
        var names = StepNames.Of(funnel);
        for (var i = 0; i < names.Count; i++)
        {
            var step = total.Steps[i];
            yield return
            [
                names[i] + (funnel.Steps[i].Optional ? " (optional)" : ""),
                Figures.Count(step.Count.Count),
                .. i == 0
                    ? ["", "", "", "", ""]
                    : new[]
                    {
                        Figures.Percent(step.Count.Conversion),
                        Figures.Percents(step.ConversionInterval),
                        Figures.Percent(step.Count.ConversionFromFirst),
                        Figures.Percents(step.ConversionFromFirstInterval),
                        Figures.Percent(step.Count.DropOff),
                    },
                .. Timed(total)
                    ?
                    [
                        i == 0 ? "" : Figures.Duration(step.Times?.Mean),
                        i == 0 ? "" : Figures.Duration(step.Times?.Median),
                        i == 0 ? "" : Figures.Duration(step.Times?.P90),
                    ]
                    : Array.Empty<string>(),
                .. Windowed(total)
                    ? [step.Immature is { } open ? Figures.Count(open) : Figures.None]
                    : Array.Empty<string>(),
            ];
        }
    }

    private static bool Timed(FunnelSegment total) => total.Steps.Any(step => step.Times is not null);

    private static bool Windowed(FunnelSegment total) => total.Steps.Any(step => step.Immature is not null);
}
