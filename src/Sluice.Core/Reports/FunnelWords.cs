using System.Globalization;
using Sluice.Core.Funnels;

namespace Sluice.Core.Reports;

/// <summary>What a funnel asks, in words. Names stand in “quotation marks”.</summary>
public static class FunnelWords
{
    /// <summary>The question in one sentence.</summary>
    public static string Question(FunnelDefinition funnel)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        var units = Units(funnel);
        var steps = funnel
            .Steps.Select(step => step.Optional ? $"perhaps {Quoted(step.Name)}" : Quoted(step.Name))
            .ToList();
        var first = steps[0];
        var question =
            funnel.Order == FunnelOrder.Unordered ? $"How many {units} did {List(steps, "and")}, in any order"
            : funnel.Order == FunnelOrder.Open
                ? $"Of the {units} who did {first}, how many also did {List(steps[1..], "and")}, at any time"
            : $"Of the {units} who did {first}, how many went on to {string.Join(", then ", steps[1..])}";
        return funnel.Window is { } window ? $"{question}, within {Durations.InWords(window)}?" : $"{question}?";
    }

    /// <summary>The rules that decide who is counted, each a sentence.</summary>
    public static IReadOnlyList<string> Rules(FunnelDefinition funnel)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        return
        [
            .. funnel.Steps.Where(IsMoreThanItsName).Select(Step),
            Order(funnel),
            .. Range(funnel),
            .. Entry(funnel),
            .. funnel.Exclude.Select(exclusion => Exclusion(funnel, exclusion)),
            .. funnel.Hold.Count == 0
                ? []
                : new[] { $"All steps have the same {List([.. funnel.Hold.Select(Quoted)], "and")}." },
            .. Breakdown(funnel),
        ];
    }

    /// <summary>What is counted: <c>users</c>, <c>sessions</c>, <c>attempts</c>.</summary>
    public static string Counted(FunnelDefinition funnel)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        return funnel.Entry == FunnelEntry.Every ? "attempts" : Units(funnel);
    }

    private static string Units(FunnelDefinition funnel) =>
        funnel.Unit switch
        {
            null or "user" => "users",
            "session" => "sessions",
            { } column => $"values of {Quoted(column)}",
        };

    private static bool IsMoreThanItsName(FunnelStep step) =>
        step.Events.Where is not null || step.Events.Names is not [var name] || name != step.Name;

    private static string Step(FunnelStep step) =>
        $"{Quoted(step.Name)} is {Events(step.Events)}{(step.Optional ? ", and may be left out" : "")}.";

    private static string Events(EventSelector events) =>
        $"the event {List([.. events.Names.Select(Quoted)], "or")}"
        + (events.Where is { } where ? $" where {Quoted(where.ToText())}" : "");

    private static string Order(FunnelDefinition funnel) =>
        (funnel.Semantics, funnel.Order) switch
        {
            (FunnelSemantics.WindowFunnel, _) =>
                $"Counted as ClickHouse's windowFunnel does, {(funnel.Modes == WindowFunnelModes.None ? "without modes" : $"with {funnel.Modes}")}.",
            (_, FunnelOrder.Ordered) => "The steps come in this order; other events may lie between them.",
            (_, FunnelOrder.Strict) => "The steps come in this order, with no other event between two of them.",
            (_, FunnelOrder.Unordered) => "The steps may come in any order; step k is any k of them.",
            (_, FunnelOrder.Open) => "A step counts at any time, whether or not the steps before it were taken.",
        };

    private static IEnumerable<string> Range(FunnelDefinition funnel)
    {
        var range = (funnel.From, funnel.To) switch
        {
            (null, null) => null,
            ({ } from, null) => $"from {ReportValue.Date(from)} on",
            (null, { } to) => $"up to {LastDay(to)}",
            ({ } from, { } to) => $"from {ReportValue.Date(from)} to {LastDay(to)}",
        };
        if (range is not null)
        {
            yield return $"The first step happens {range}"
                + (
                    funnel.To is null ? "."
                    : funnel.LateSteps ? "; later steps may come after that."
                    : "; so do all steps."
                );
        }
    }

    private static string LastDay(DateOnly to) =>
        to == DateOnly.MinValue ? ReportValue.Date(to) : ReportValue.Date(to.AddDays(-1));

    private static IEnumerable<string> Entry(FunnelDefinition funnel)
    {
        if (funnel.Entry != FunnelEntry.Latest)
        {
            yield return funnel.Entry == FunnelEntry.First
                ? "Only the first entry of each counts."
                : "Every attempt counts, one after the other; attempts of one user are not independent, so there are no intervals.";
        }
    }

    private static string Exclusion(FunnelDefinition funnel, FunnelExclusion exclusion) =>
        $"Who does {Events(exclusion.Events)}"
        + (
            funnel.Order == FunnelOrder.Unordered
                ? ""
                : $" after {Quoted(funnel.Steps[exclusion.After - 1].Name)} and before {Quoted(funnel.Steps[exclusion.Before - 1].Name)}"
        )
        + " is not counted.";

    private static IEnumerable<string> Breakdown(FunnelDefinition funnel)
    {
        if (funnel.By.Count > 0)
        {
            yield return $"Broken down by {List([.. FunnelNames.Labels(funnel.By).Select(Quoted)], "and")}"
                + funnel.Attribution.Kind switch
                {
                    AttributionKind.FirstTouch => ".",
                    AttributionKind.LastTouch => "; of an event's values the last one counts.",
                    AttributionKind.AllEvents => "; each value sees only the events that carry it.",
                    AttributionKind.Step => string.Create(
                        CultureInfo.InvariantCulture,
                        $"; the events of step {funnel.Attribution.Step} say an event's values."
                    ),
                };
        }
    }

    private static string Quoted(string name) => $"“{VisibleText.Of(name)}”";

    private static string List(IReadOnlyList<string> items, string word) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.SkipLast(1))} {word} {items[^1]}";
}
