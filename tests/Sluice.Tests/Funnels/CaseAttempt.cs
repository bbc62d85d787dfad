using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Funnels;

/// <summary>What becomes of an attempt.</summary>
/// <param name="Key">The values of its segment; null for the whole funnel.</param>
/// <param name="Micros">The time of each step: null where it was not taken, <see cref="FunnelEvent.NoTime"/> where it has none.</param>
/// <param name="IsExcluded">Whether an excluded event lies in it.</param>
internal sealed record CaseAttempt(IReadOnlyList<object?>? Key, IReadOnlyList<long?> Micros, bool IsExcluded = false)
{
    public override string ToString() =>
        IsExcluded
            ? "excluded"
            : string.Join(
                ' ',
                (Key is null ? Array.Empty<string>() : [CaseValue.Print(Key)]).Concat(
                    Micros.Reverse().SkipWhile(micros => micros is null).Reverse().Select(Print)
                )
            );

    private static string Print(long? micros) =>
        micros switch
        {
            null => "-",
            FunnelEvent.NoTime => "x",
            { } known => CaseTime.Print(known),
        };
}
