using System.Globalization;
using Sluice.Core;
using Sluice.Core.Funnels;

namespace Sluice.Project.Funnels;

/// <summary>Steps and exclusions on a command line; see <see cref="FunnelArguments"/>.</summary>
internal static class StepText
{
    private const string Example =
        "Write for example search,cart?,pay|order*; names with such signs in them take a --definition.";

    /// <summary>Reads steps: <c>search,cart?,pay|order*</c>.</summary>
    /// <exception cref="DefinitionException">One is empty.</exception>
    public static IReadOnlyList<FunnelStep> Steps(string text) => [.. text.Split(',').Select(Step)];

    /// <summary>Reads an exclusion: <c>refund</c>, <c>refund:1:2</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="steps">How many steps the funnel has: it lasts to the last one where it does not say otherwise.</param>
    /// <exception cref="DefinitionException">It names no event, or not both ends.</exception>
    public static FunnelExclusion Exclusion(string text, int steps)
    {
        var parts = text.Split(':');
        if (parts is [.. var name, var after, var before] && name.Length > 0 && IsStep(after) && IsStep(before))
        {
            return new(Events(string.Join(':', name), "an exclusion"), StepOr(1, after), StepOr(steps, before));
        }

        return parts.Length > 1 && IsStep(parts[^1])
            ? throw new DefinitionException(
                $"'{text}' says one step; an exclusion lies after one and before another.",
                "Write for example refund:1:2; one of the two may be left empty, as in refund:1:"
            )
            : new(Events(text, "an exclusion"), 1, steps);
    }

    private static FunnelStep Step(string text)
    {
        var optional = text.TrimEnd().EndsWith('?');
        var events = Events(optional ? text.TrimEnd()[..^1] : text, "a step");
        return new(events, StepReader.NameOf(events)) { Optional = optional };
    }

    private static EventSelector Events(string text, string what)
    {
        var names = text.Split('|').Select(name => name.Trim()).ToList();
        return names.Contains("", StringComparer.Ordinal)
            ? throw new DefinitionException($"{what} is empty.", Example)
            : new(names);
    }

    private static bool IsStep(string text) => text.Length < 10 && text.All(char.IsAsciiDigit);

    private static int StepOr(int fallback, string text) =>
        text.Length > 0 ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
