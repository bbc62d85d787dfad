using System.Globalization;
using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Core.Time;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>The words of the funnel notation, the same in a file and on a command line.</summary>
internal static class FunnelWords
{
    /// <summary>No bound, or an empty list.</summary>
    public const string None = "none";

    private const string StepPrefix = "step:";
    private const int LongestList = 100_000;

    /// <summary>Reads <c>order</c>.</summary>
    /// <exception cref="DefinitionException">There is no such word; so for all that follow.</exception>
    public static FunnelOrder Order(string text) => Word<FunnelOrder>("order", text);

    /// <summary>Reads <c>semantics</c>.</summary>
    public static FunnelSemantics Semantics(string text) => Word<FunnelSemantics>("semantics", text);

    /// <summary>Reads <c>entry</c>.</summary>
    public static FunnelEntry Entry(string text) => Word<FunnelEntry>("entry", text);

    /// <summary>Reads one of <c>modes</c>.</summary>
    public static WindowFunnelModes Mode(string text) =>
        Word("mode", text, Enum.GetValues<WindowFunnelModes>().Where(mode => mode != WindowFunnelModes.None));

    /// <summary>Reads <c>attribution</c>: a word, or <c>step:2</c>. Whether there is such a step is not asked here.</summary>
    public static Attribution Attribution(string text)
    {
        if (
            text.StartsWith(StepPrefix, StringComparison.Ordinal)
            && int.TryParse(
                text.AsSpan(StepPrefix.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var step
            )
        )
        {
            return new(AttributionKind.Step, step);
        }

        var kinds = Enum.GetValues<AttributionKind>().Where(kind => kind != AttributionKind.Step).ToList();
        return Find(text, kinds) is { } found
            ? new(found)
            : throw new DefinitionException(
                $"the attribution '{text}' is not known.",
                Nearest.Suggest(text, [.. kinds.Select(Text), $"{StepPrefix}1"])
            );
    }

    /// <summary>Reads <c>window</c>; null for <c>none</c>.</summary>
    public static TimeSpan? Window(string text) =>
        text == None
            ? null
            : DurationText.Parse(text)
                ?? throw new DefinitionException(
                    $"'{text}' is no duration.",
                    "Write for example 14d, 36h, 90m, 30s, 1h30m or 500ms, at most 10675199d; or none for no bound."
                );

    /// <summary>Reads a date.</summary>
    public static DateOnly? Date(string text) => DateText.Parse(text);

    /// <summary>Reads the name of a column or property.</summary>
    public static string Name(string text) =>
        text.Length > 0 ? text : throw new DefinitionException("a name is empty.");

    /// <summary>Reads <c>late_steps</c>.</summary>
    public static bool LateSteps(string text) =>
        text switch
        {
            "true" => true,
            "false" => false,
            _ => throw new DefinitionException("'late_steps' is true or false."),
        };

    /// <summary>Reads <c>limit</c>.</summary>
    public static int Limit(string text) => Number("limit", text, LongestList);

    /// <summary>Reads <c>min_sample</c>.</summary>
    public static int MinSample(string text) => Number("min_sample", text, int.MaxValue);

    /// <summary>How a value is written: <c>first_touch</c>.</summary>
    public static string Text<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static int Number(string key, string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= max
            ? value
            : throw new DefinitionException(
                string.Create(CultureInfo.InvariantCulture, $"'{key}' is a whole number from 1 to {max}.")
            );

    private static T Word<T>(string key, string text, IEnumerable<T>? among = null)
        where T : struct, Enum
    {
        var values = (among ?? Enum.GetValues<T>()).ToList();
        return Find(text, values)
            ?? throw new DefinitionException(
                $"the {key} '{text}' is not known.",
                Nearest.Suggest(text, values.Select(Text))
            );
    }

    private static T? Find<T>(string text, IReadOnlyList<T> values)
        where T : struct, Enum
    {
        foreach (var value in values)
        {
            if (Text(value) == text)
            {
                return value;
            }
        }

        return null;
    }
}
