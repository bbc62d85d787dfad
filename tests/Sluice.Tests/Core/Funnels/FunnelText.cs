using System.Globalization;
using Sluice.Core.Funnels;

namespace Sluice.Tests.Core.Funnels;

/// <summary>Events and steps as short texts: <c>a@0 b@5</c>, and <c>a b|c d*</c>.</summary>
internal static class FunnelText
{
    private const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    public static IReadOnlyList<FunnelEvent> Events(string text) => [.. text.Split(' ', Clean).Select(Event)];

    public static IReadOnlyList<FunnelStep> Steps(string text) =>
        [.. text.Split(' ', Clean).Select(step => new FunnelStep(step.Split('|'), step))];

    private static FunnelEvent Event(string text) =>
        text.Split('@') is [var name, var at]
            ? new(name, long.Parse(at, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{text}' is no event: NAME@MICROS is wanted.");
}
