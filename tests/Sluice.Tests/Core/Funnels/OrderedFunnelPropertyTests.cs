using CsCheck;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

public sealed class OrderedFunnelPropertyTests
{
    private const int Cases = 20_000;

    [Fact]
    public void An_ordered_or_strict_funnel_counts_the_best_of_all_chains() =>
        RandomUnit
            .Of(FunnelOrder.Ordered, FunnelOrder.Strict)
            .Sample(unit => Print(unit.Evaluate()) == Print(EveryChain.Evaluate(unit.Events, unit.Rules)), iter: Cases);

    [Fact]
    public void An_unordered_funnel_counts_the_fullest_of_all_fillings() =>
        RandomUnit
            .Of(FunnelOrder.Unordered)
            .Sample(
                unit =>
                    PrintTimes(unit.Evaluate().Attempts.SingleOrDefault())
                    == PrintTimes(EveryFilling.Evaluate(unit.Events, unit.Rules)),
                iter: Cases
            );

    [Fact]
    public void Shuffling_the_events_changes_nothing() =>
        Gen.Select(RandomUnit.Any, Gen.Int)
            .Sample(
                (unit, seed) =>
                {
                    var shuffled = unit.Events.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    return PrintAll(FunnelEvaluator.Evaluate(shuffled, unit.Rules)) == PrintAll(unit.Evaluate());
                },
                iter: Cases
            );

    [Fact]
    public void A_wider_window_never_lowers_the_depth_without_exclusions() =>
        Gen.Select(RandomUnit.Any, Gen.Long[0, 6])
            .Where(
                (unit, _) =>
                    unit.Rules.Exclusions.Count == 0
                    && unit.Rules.Entry == FunnelEntry.Latest
                    && unit.Rules.WindowMicros is not null
            )
            .Sample(
                (unit, wider) =>
                    Depth(unit with { Rules = unit.Rules with { WindowMicros = unit.Rules.WindowMicros + wider } })
                    >= Depth(unit),
                iter: Cases
            );

    [Fact]
    public void Optional_steps_change_nothing_of_the_required_ones() =>
        RandomUnit
            .Of(FunnelOrder.Ordered)
            .Where(unit => unit.Rules.Exclusions.Count == 0 && unit.Rules.Entry == FunnelEntry.First)
            .Sample(
                unit =>
                {
                    var optional = unit.Rules with { Optional = new HashSet<int> { 1 } };
                    var without = unit.Without(1);
                    var taken = FunnelEvaluator.Evaluate(unit.Events, optional).Attempts.SingleOrDefault();
                    var alone = without.Evaluate().Attempts.SingleOrDefault();
                    return taken is null || alone is null
                        ? taken is null && alone is null
                        : Enumerable
                            .Range(0, optional.Steps)
                            .Where(step => step != 1)
                            .Select(taken.MicrosOf)
                            .SequenceEqual(Enumerable.Range(0, without.Rules.Steps).Select(alone.MicrosOf));
                },
                iter: Cases
            );

    [Fact]
    public void Moving_everything_in_time_moves_the_answer() =>
        Gen.Select(RandomUnit.Any, Gen.Long[-1_000_000_000, 1_000_000_000])
            .Sample(
                (unit, by) =>
                    PrintAll(unit.Evaluate(), by)
                    == PrintAll(
                        FunnelEvaluator.Evaluate(
                            [.. unit.Events.Select(item => item with { Micros = item.Micros + by })],
                            unit.Rules with
                            {
                                FromMicros = unit.Rules.FromMicros + by,
                                ToMicros = unit.Rules.ToMicros + by,
                            }
                        )
                    ),
                iter: Cases
            );

    private static int Depth(RandomUnit unit) => unit.Evaluate().Attempts.SingleOrDefault()?.Depth ?? 0;

    private static string Print(UnitOutcome outcome) =>
        outcome.Excluded.Count > 0 ? "excluded"
        : outcome.Attempts is [var attempt] ? PrintTimes(attempt)
        : "none";

    private static string Print((long[] Times, bool Tainted)? chain) =>
        chain is null ? "none"
        : chain.Value.Tainted ? "excluded"
        : PrintTimes(chain.Value.Times);

    private static string PrintTimes(Attempt? attempt) =>
        attempt is null ? "none" : PrintTimes(Enumerable.Range(0, attempt.Depth).Select(attempt.MicrosOf));

    private static string PrintTimes(IEnumerable<long>? times) => times is null ? "none" : string.Join(' ', times);

    private static string PrintAll(UnitOutcome outcome, long by = 0) =>
        $"{PrintAll(outcome.Attempts, by)}; {PrintAll(outcome.Excluded, by)}";

    private static string PrintAll(IReadOnlyList<Attempt> attempts, long by) =>
        string.Join(
            " | ",
            attempts
                .Select(attempt =>
                    string.Join(
                        ' ',
                        Enumerable
                            .Range(0, attempt.Steps)
                            .Select(step => attempt.Took(step) ? $"{attempt.MicrosOf(step) + by}" : "-")
                    )
                )
                .Order(StringComparer.Ordinal)
        );
}
