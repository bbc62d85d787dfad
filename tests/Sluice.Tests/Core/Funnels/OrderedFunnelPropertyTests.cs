using CsCheck;
using Sluice.Core.Funnels;

namespace Sluice.Tests.Core.Funnels;

public sealed class OrderedFunnelPropertyTests
{
    private const int Cases = 20_000;

    // Few names and few instants: ties, repetitions and events that match several steps are then the rule.
    private static readonly Gen<FunnelEvent> Event = Gen.Select(
        Gen.OneOf("a", "b", "c", "ab"),
        Gen.Long[0, 8],
        (name, micros) => new FunnelEvent(name, micros)
    );

    private static readonly Gen<FunnelStep> Step = Gen.OneOf("a", "b", "c", "a*", "a|b", "b|c", "a|c", "*")
        .Select(text => new FunnelStep(text.Split('|'), text));

    private static readonly Gen<FunnelRules> Rules = Gen.Select(
        Step.List[2, 4],
        Gen.Long[-1, 6],
        Gen.Long[-1, 4],
        Gen.Long[3, 10],
        Gen.Bool,
        (steps, window, from, to, lateSteps) => new FunnelRules(steps, window < 0 ? null : window, from, to, lateSteps)
    );

    private static readonly Gen<(List<FunnelEvent> Events, FunnelRules Rules)> Unit = Gen.Select(
        Event.List[0, 7],
        Rules
    );

    [Fact]
    public void Depth_entry_and_completion_are_those_of_the_best_of_all_chains() =>
        Unit.Sample(
            unit =>
                Essence(OrderedFunnel.Evaluate(unit.Events, unit.Rules))
                == Essence(EveryChain.Evaluate(unit.Events, unit.Rules)),
            iter: Cases,
            print: Print
        );

    [Fact]
    public void Shuffling_the_events_changes_nothing() =>
        Gen.Select(Unit, Gen.Int)
            .Sample(
                (unit, seed) =>
                {
                    var shuffled = unit.Events.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    return Essence(OrderedFunnel.Evaluate(shuffled, unit.Rules))
                        == Essence(OrderedFunnel.Evaluate(unit.Events, unit.Rules));
                },
                iter: Cases
            );

    [Fact]
    public void An_event_after_all_others_never_lowers_the_depth() =>
        Gen.Select(Unit, Event)
            .Sample(
                (unit, last) =>
                {
                    var more = unit.Events.Append(last with { Micros = last.Micros + 8 });
                    return Depth(more, unit.Rules) >= Depth(unit.Events, unit.Rules);
                },
                iter: Cases
            );

    [Fact]
    public void A_wider_window_never_lowers_the_depth() =>
        Gen.Select(Unit, Gen.Long[0, 6])
            .Sample(
                (unit, wider) =>
                    Depth(unit.Events, unit.Rules with { WindowMicros = unit.Rules.WindowMicros + wider })
                    >= Depth(unit.Events, unit.Rules),
                iter: Cases
            );

    [Fact]
    public void Late_steps_never_lower_the_depth() =>
        Unit.Sample(
            unit =>
                Depth(unit.Events, unit.Rules with { LateSteps = true })
                >= Depth(unit.Events, unit.Rules with { LateSteps = false }),
            iter: Cases
        );

    [Fact]
    public void Moving_everything_in_time_moves_the_answer() =>
        Gen.Select(Unit, Gen.Long[-1_000_000_000, 1_000_000_000])
            .Sample(
                (unit, by) =>
                {
                    var moved = unit.Events.Select(item => item with { Micros = item.Micros + by });
                    var rules = unit.Rules with
                    {
                        FromMicros = unit.Rules.FromMicros + by,
                        ToMicros = unit.Rules.ToMicros + by,
                    };
                    var expected = OrderedFunnel.Evaluate(unit.Events, unit.Rules)?.Select(at => at + by);
                    return Print(OrderedFunnel.Evaluate(moved, rules)) == Print(expected);
                },
                iter: Cases
            );

    [Fact]
    public void Steps_are_in_order_and_inside_the_window() =>
        Unit.Sample(
            unit =>
                OrderedFunnel.Evaluate(unit.Events, unit.Rules) is not { } times
                || (
                    times.SequenceEqual(times.Order())
                    && times[^1] - times[0] <= (unit.Rules.WindowMicros ?? long.MaxValue)
                    && unit.Rules.MayBegin(times[0])
                ),
            iter: Cases,
            print: Print
        );

    private static int Depth(IEnumerable<FunnelEvent> events, FunnelRules rules) =>
        OrderedFunnel.Evaluate(events, rules)?.Count ?? 0;

    private static (int Depth, long Entry, long Completion)? Essence(IReadOnlyList<long>? times) =>
        times is null ? null : (times.Count, times[0], times[^1]);

    private static string Print(IEnumerable<long>? times) => times is null ? "none" : string.Join(' ', times);

    private static string Print((List<FunnelEvent> Events, FunnelRules Rules) unit) =>
        $"{string.Join(' ', unit.Events.Select(item => $"{item.Name}@{item.Micros}"))}, steps {string.Join(' ', unit.Rules.Steps.Select(step => step.Name))}, {unit.Rules}";

    [Fact]
    public void All_times_are_those_of_the_best_of_all_chains() =>
        Unit.Sample(
            unit =>
                Print(OrderedFunnel.Evaluate(unit.Events, unit.Rules))
                == Print(EveryChain.Evaluate(unit.Events, unit.Rules)),
            iter: Cases,
            print: Print
        );
}
