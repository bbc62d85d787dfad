using System.Globalization;
using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>Reads <c>steps</c> and <c>exclude</c>; what cannot be read is noted and left out.</summary>
internal static class StepReader
{
    private static readonly SelectorReader OfStep = new(
        "a step",
        "Write for example: {event: step5, name: Payment}",
        "name",
        "optional"
    );

    private static readonly SelectorReader OfExclusion = new(
        "an exclusion",
        "Write for example: {event: refund, after: 1, before: 2}",
        "after",
        "before"
    );

    /// <summary>The steps.</summary>
    public static IReadOnlyList<FunnelStep> Steps(YamlMap yaml) =>
        [.. yaml.Items("steps").Select(item => Step(yaml, item)).OfType<FunnelStep>()];

    /// <summary>The exclusions.</summary>
    /// <param name="yaml">The funnel.</param>
    /// <param name="steps">How many steps it has: an exclusion lasts to the last one where it does not say otherwise.</param>
    public static IReadOnlyList<FunnelExclusion> Exclusions(YamlMap yaml, int steps) =>
        [.. yaml.Items("exclude").Select(item => Exclusion(yaml, item, steps)).OfType<FunnelExclusion>()];

    /// <summary>What a step is called that was given no name.</summary>
    public static string NameOf(EventSelector events) => string.Join(" or ", events.Names);

    private static FunnelStep? Step(YamlMap yaml, YamlItem item)
    {
        var events = OfStep.Read(yaml, item);
        return events is null
            ? null
            : new FunnelStep(events, item.Map?.Text("name") ?? NameOf(events)) { Optional = IsOptional(item.Map) };
    }

    private static bool IsOptional(YamlMap? map)
    {
        var text = map?.Text("optional");
        if (text is not (null or "true" or "false"))
        {
            map!.Report("optional", "'optional' is true or false.");
        }

        return text == "true";
    }

    private static FunnelExclusion? Exclusion(YamlMap yaml, YamlItem item, int steps)
    {
        var events = OfExclusion.Read(yaml, item);
        var after = item.Map is { } map ? StepNumber(map, "after", 1) : 1;
        var before = item.Map is { } same ? StepNumber(same, "before", steps) : steps;
        return events is null ? null : new(events, after, before);
    }

    private static int StepNumber(YamlMap map, string key, int fallback)
    {
        if (map.Text(key) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step))
        {
            return step;
        }

        map.Report(key, $"'{key}' is the number of a step, counted from 1.");
        return fallback;
    }
}
