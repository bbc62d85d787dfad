using System.Globalization;
using Sluice.Core.Funnels.Answers;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>Everything that an answer counts, as text: two equal answers have one.</summary>
internal static class AnswerText
{
    public static string Of(FunnelAnswer answer) =>
        string.Join(
            '\n',
            answer
                .Segments.Prepend(answer.Total)
                .Concat(answer.Other is null ? [] : [answer.Other])
                .Select(Of)
                .Append(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"excluded {answer.Excluded}, other {answer.OtherSegments}"
                    )
                )
        );

    private static string Of(FunnelSegment segment) =>
        $"[{string.Join(", ", segment.Values.Select(value => $"{value?.GetType().Name}:{Convert.ToString(value, CultureInfo.InvariantCulture)}"))}] {string.Join(" | ", segment.Steps.Select(Of))} {segment.Estimate} {segment.TimeToConvert}";

    private static string Of(FunnelStepAnswer step) =>
        $"{step.Count} {step.Immature} {step.Times} {step.ConversionInterval} {step.ConversionFromFirstInterval} {step.Test}";
}
