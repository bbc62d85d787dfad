using Sluice.Core.Filters;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Time;

namespace Sluice.Tests.Funnels;

/// <summary>The units of a case, as an engine would make them of its rows.</summary>
/// <param name="item">The case.</param>
/// <param name="plan">Its funnel.</param>
internal sealed class CaseUnits(FunnelCase item, FunnelPlan plan)
{
    private readonly FilterColumns _columns = new(
        plan.Source.Events[0].Relation.Schema,
        plan.Source.Events[0].Columns.Properties
    );
    private readonly ValueReader _values = new();

    /// <summary>The units of a line.</summary>
    public IReadOnlyList<UnitEvents> Of(CaseLine line) => Of(line.Events, line.Users);

    /// <summary>All units of the case.</summary>
    public IReadOnlyList<UnitEvents> All() => Of([.. item.Events], [.. item.Users]);

    private IReadOnlyList<UnitEvents> Of(IReadOnlyList<CaseEvent> events, IReadOnlyList<CaseUser> users) =>
        [
            .. events
                .GroupBy(one => one.UnitIn(plan.Funnel))
                .Where(unit => unit.Key is not null)
                .Select(unit => Unit(unit.Key!, [.. unit], users)),
        ];

    // As UnitReader makes it of rows.
    private UnitEvents Unit(string name, IReadOnlyList<CaseEvent> events, IReadOnlyList<CaseUser> users)
    {
        var groups = new Dictionary<PropertyValues, int>();
        var seen = events
            .Where(one => one.Micros is not null || !plan.AsksTimes)
            .Select(one => (Row: one, Kind: KindOf(one)))
            .OrderBy(one => one.Row.Micros ?? FunnelEvent.NoTime)
            .ThenBy(one => WordsOf(one.Kind))
            .ThenBy(
                one =>
                    string.Join(
                        '\n',
                        plan.EventProperties.Select(property => one.Row.Properties.GetValueOrDefault(property))
                    ),
                StringComparer.Ordinal
            )
            .ToList();
        var ofEvents = plan
            .By.Where(breakdown => breakdown.Of == BreakdownOf.Event)
            .Select(breakdown => breakdown.Breakdown.Property);
        var ofUsers = plan
            .By.Where(breakdown => breakdown.Of == BreakdownOf.User)
            .Select(breakdown => breakdown.Breakdown.Property);
        return new(
            name,
            [
                .. seen.Select(one => new FunnelEvent(
                    one.Row.Micros ?? FunnelEvent.NoTime,
                    one.Kind,
                    GroupOf(Values(one.Row, plan.Funnel.Hold), groups)
                )),
            ],
            [.. seen.Select(one => Values(one.Row, ofEvents))],
            [
                .. users
                    .Where(user => user.User == name)
                    .OrderBy(user => user.FromMicros ?? long.MinValue)
                    .Select(user => new UserRow(
                        user.FromMicros,
                        user.ToMicros,
                        [.. ofUsers.Select(property => user.Values.GetValueOrDefault(property))]
                    )),
            ]
        );
    }

    private double WordsOf(EventKind kind) =>
        kind
            .Steps.Concat(kind.Exclusions.Select(exclusion => exclusion + plan.Rules.Steps))
            .Sum(bit => Math.Pow(2, bit));

    private EventKind KindOf(CaseEvent one) =>
        new(
            Matching(plan.Funnel.Steps.Select(step => step.Events), one),
            Matching(plan.Funnel.Exclude.Select(exclusion => exclusion.Events), one)
        );

    private IEnumerable<int> Matching(IEnumerable<EventSelector> selectors, CaseEvent one) =>
        selectors
            .Index()
            .Where(selector =>
                selector.Item.MatchesName(one.Name ?? "")
                && (
                    selector.Item.Where is not { } where
                    || where.Evaluate(_columns.ValuesOf(column => Column(one, column))) == true
                )
            )
            .Select(selector => selector.Index);

    private object? Column(CaseEvent one, string column) =>
        column switch
        {
            "user_id" => one.User,
            "event" => one.Name,
            "time" => one.Micros is { } at ? Micros.ToInstant(at) : null,
            "properties" => one.Json,
            _ => one.UnitIn(plan.Funnel),
        };

    private PropertyValues Values(CaseEvent one, IEnumerable<string> properties) =>
        new([.. properties.Select(property => _values.ReadJson(one.Properties.GetValueOrDefault(property)))]);

    private static int GroupOf(PropertyValues held, Dictionary<PropertyValues, int> groups) =>
        held.Items.Contains(null) ? -1
        : groups.TryGetValue(held, out var group) ? group
        : groups[held] = groups.Count;
}
