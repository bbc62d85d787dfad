using System.Globalization;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

/// <summary>Events and steps as short texts: <c>a@0 b@5</c>, and <c>a b|c d*</c> with <c>?</c> after an optional step.</summary>
internal static class FunnelText
{
    private const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    public static IReadOnlyList<FunnelEvent> Events(string text, FunnelDefinition funnel) =>
        [.. text.Split(' ', Clean).Select(item => Event(item, funnel))];

    public static IReadOnlyList<FunnelStep> Steps(string text) => [.. text.Split(' ', Clean).Select(Step)];

    public static FunnelDefinition Funnel(string steps) => new() { Name = "f", Steps = Steps(steps) };

    /// <summary>Exclusions: <c>x:1:2</c>.</summary>
    public static IReadOnlyList<FunnelExclusion> Exclusions(string text) =>
        [
            .. text.Split(' ', Clean)
                .Select(item => item.Split(':'))
                .Select(parts => new FunnelExclusion(new(parts[0].Split('|')), Number(parts[1]), Number(parts[2]))),
        ];

    private static FunnelStep Step(string text) =>
        new(new EventSelector(text.TrimEnd('?').Split('|')), text.TrimEnd('?')) { Optional = text.EndsWith('?') };

    private static FunnelEvent Event(string text, FunnelDefinition funnel) =>
        text.Split('@') is [var name, var at]
            ? new(long.Parse(at, CultureInfo.InvariantCulture), EventKind.OfName(name, funnel))
            : throw new FormatException($"'{text}' is no event: NAME@MICROS is wanted.");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
