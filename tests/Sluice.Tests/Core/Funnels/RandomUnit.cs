using CsCheck;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Core.Funnels;

/// <summary>A unit and a funnel with few names and few instants: ties, repetitions and events of several steps are the rule.</summary>
internal sealed record RandomUnit(IReadOnlyList<FunnelEvent> Events, FunnelRules Rules)
{
    private static readonly Gen<EventKind> Kind = Gen.OneOf(
        new EventKind([0], []),
        new EventKind([1], []),
        new EventKind([2], []),
        new EventKind([0, 1], []),
        new EventKind([1, 2], []),
        new EventKind([0, 2], []),
        new EventKind([0, 1, 2], []),
        new EventKind([3], []),
        new EventKind([], [0]),
        EventKind.Other
    );

    private static readonly Gen<FunnelEvent> Event = Gen.Select(
        Gen.Long[0, 8],
        Kind,
        (micros, kind) => new FunnelEvent(micros, kind)
    );

    public static Gen<RandomUnit> Any { get; } = Of(FunnelOrder.Ordered, FunnelOrder.Strict, FunnelOrder.Unordered);

    /// <summary>With optional steps, groups and every entry as well.</summary>
    public static Gen<RandomUnit> WithEverything { get; } =
        Gen.Select(Any, Gen.Int[0, 7], Gen.Int[0, 3], Gen.Int[-1, 1].List[7])
            .Select(
                (unit, optional, entry, groups) =>
                    new RandomUnit(
                        optional < 4
                            ? unit.Events
                            : [.. unit.Events.Select((item, i) => item with { Group = groups[i] })],
                        unit.Rules with
                        {
                            Entry = entry == 0 ? FunnelEntry.Every : unit.Rules.Entry,
                            Optional =
                                unit.Rules.Order == FunnelOrder.Unordered
                                    ? unit.Rules.Optional
                                    : Enumerable
                                        .Range(1, unit.Rules.Steps - 1)
                                        .Where(step => (optional >> (step - 1) & 1) == 1)
                                        .ToHashSet(),
                        }
                    )
            );

    public static Gen<RandomUnit> Of(params FunnelOrder[] orders) =>
        Gen.Select(Event.List[0, 7], RulesOf(orders), (events, rules) => new RandomUnit(Within(events, rules), rules));

    public UnitOutcome Evaluate() => FunnelEvaluator.Evaluate(Events, Rules);

    /// <summary>The same without one step.</summary>
    public RandomUnit Without(int step) =>
        new(
            [
                .. Events.Select(item =>
                    item with
                    {
                        Kind = new(
                            item.Kind.Steps.Where(own => own != step).Select(own => own > step ? own - 1 : own),
                            item.Kind.Exclusions
                        ),
                    }
                ),
            ],
            Rules with
            {
                Steps = Rules.Steps - 1,
            }
        );

    public override string ToString() =>
        $"{string.Join(' ', Events.Select(item => $"{string.Join('|', item.Kind.Steps)}{(item.Kind.Exclusions.Count > 0 ? "x" : "")}@{item.Micros}{(item.Group == 0 ? "" : $"#{item.Group}")}"))} {Rules} optional {string.Join(' ', Rules.Optional)} exclusions {string.Join(' ', Rules.Exclusions)}";

    private static IReadOnlyList<FunnelEvent> Within(IEnumerable<FunnelEvent> events, FunnelRules rules) =>
        [
            .. events.Select(item =>
                item with
                {
                    Kind = new(item.Kind.Steps.Where(step => step < rules.Steps), item.Kind.Exclusions),
                }
            ),
        ];

    private static Gen<FunnelRules> RulesOf(FunnelOrder[] orders) =>
        Gen.Select(
                Gen.OneOf(orders),
                Gen.Int[2, 4],
                Gen.Long[-1, 6],
                Gen.Long[-1, 4],
                Gen.Long[3, 10],
                Gen.Bool,
                Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool, Gen.Bool)
            )
            .Select(
                (order, steps, window, from, to, lateSteps, more) =>
                    new FunnelRules(steps)
                    {
                        Order = order,
                        WindowMicros = window < 0 ? null : window,
                        FromMicros = from,
                        ToMicros = to,
                        LateSteps = lateSteps,
                        Entry = more.Item4 && order != FunnelOrder.Unordered ? FunnelEntry.First : FunnelEntry.Latest,
                        Exclusions = more.Item3 ? [Range(order, more.Item1, more.Item2, steps)] : [],
                    }
            );

    private static ExclusionRange Range(FunnelOrder order, int a, int b, int steps) =>
        order == FunnelOrder.Unordered ? new(0, steps - 1)
        : a == b || Math.Max(a, b) >= steps ? new(0, 1)
        : new(Math.Min(a, b), Math.Max(a, b));
}
