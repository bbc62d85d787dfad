using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>The bars of a funnel.</summary>
internal static class StepsChart
{
    private const double Row = 72;
    private const double Thickness = 22;
    private const int LongestName = 28;

    public static string Draw(FunnelAnswer answer, string id)
    {
        var steps = answer.Total.Steps;
        var names = StepNames.Of(answer.Funnel);
        var svg = SvgFrame.Open(
            id,
            (steps.Count * Row) - 6,
            "Steps of the funnel",
            string.Join("; ", steps.Select((step, i) => $"{names[i]}: {Summary(step)}"))
        );
        LostPattern(svg, id);
        for (var i = 0; i < steps.Count; i++)
        {
            svg.Open("g").Element("title", $"{names[i]}: {Summary(steps[i])}");
            DrawStep(svg, answer, i, names[i], id);
            svg.Close();
        }

        return svg.Close().ToString();
    }

    private static void DrawStep(MarkupWriter svg, FunnelAnswer answer, int index, string name, string id)
    {
        var step = answer.Total.Steps[index];
        var top = index * Row;
        var number = FormattableString.Invariant($"{index + 1}  ");
        var isOptional = answer.Funnel.Steps[index].Optional;
        var optional = isOptional ? " (optional)" : "";
        SvgFrame.Label(svg, "name", 0, top + 14, number + VisibleText.Of(name, LongestName) + optional);
        svg.Open("text", ("class", "value"), ("x", "100%"), ("y", SvgFrame.Pixels(top + 14)), ("text-anchor", "end"))
            .Element(
                "tspan",
                index == 0 ? "" : Figures.Percent(step.Count.ConversionFromFirst) + "   ",
                ("class", "note")
            )
            .Text(Figures.Count(step.Count.Count))
            .Close();

        var share = Share(step, index);
        SvgFrame.Bar(svg, "track", 0, 1, top + 22, Thickness);
        if (index > 0 && !isOptional)
        {
            var before = FunnelNames.PreviousOf(answer.Funnel, index);
            var reached = Math.Max(share, Share(answer.Total.Steps[before], before));
            svg.Empty(
                "rect",
                ("x", SvgFrame.Across(share)),
                ("y", SvgFrame.Pixels(top + 22)),
                ("width", SvgFrame.Across(reached - share)),
                ("height", SvgFrame.Pixels(Thickness)),
                ("fill", $"url(#{id}-lost)")
            );
        }

        SvgFrame.Bar(svg, "bar", 0, share, top + 22, Thickness);
        if (index > 0 && step.ConversionFromFirstInterval is { } interval)
        {
            SvgFrame.Whisker(svg, interval.Low, interval.High, top + 22 + (Thickness / 2));
        }

        SvgFrame.Label(svg, "note", 0, top + 22 + Thickness + 15, Note(step, index, isOptional));
    }

    private static double Share(FunnelStepAnswer step, int index) =>
        index == 0 && step.Count.Count > 0 ? 1 : step.Count.ConversionFromFirst ?? 0;

    // Short enough for a telephone; the table below has the rest.
    private static string Note(FunnelStepAnswer step, int index, bool isOptional)
    {
        if (index == 0)
        {
            return step.Immature is > 0 and var open ? $"{Figures.Count(open)} of them still have time" : "";
        }

        if (step.Count.Conversion is null)
        {
            return "nobody took the previous step";
        }

        // Who leaves out what may be left out is not lost.
        var lost =
            step.Count.Previous is { } previous && !isOptional
                ? $" · {Figures.Count(previous - step.Count.WithPrevious)} lost"
                : "";
        var time = step.Times is { } times ? $" · median {Figures.Duration(times.Median)}" : "";
        return $"{Figures.Percent(step.Count.Conversion)} of the previous step{lost}{time}";
    }

    private static string Summary(FunnelStepAnswer step) =>
        step.Count.Previous is null
            ? Figures.Count(step.Count.Count)
            : $"{Figures.Count(step.Count.Count)}, {Figures.Percent(step.Count.Conversion)} of the previous step "
                + $"(95 %: {Figures.Percents(step.ConversionInterval)}), {Figures.Percent(step.Count.ConversionFromFirst)} of the first "
                + $"(95 %: {Figures.Percents(step.ConversionFromFirstInterval)}), drop-off {Figures.Percent(step.Count.DropOff)}";

    private static void LostPattern(MarkupWriter svg, string id) =>
        svg.Open("defs")
            .Open(
                "pattern",
                ("id", $"{id}-lost"),
                ("width", "6"),
                ("height", "6"),
                ("patternUnits", "userSpaceOnUse"),
                ("patternTransform", "rotate(45)")
            )
            .Empty("rect", ("class", "lost"), ("width", "6"), ("height", "6"))
            .Empty("line", ("class", "hatch"), ("x1", "0"), ("y1", "0"), ("x2", "0"), ("y2", "6"))
            .Close()
            .Close();
}
