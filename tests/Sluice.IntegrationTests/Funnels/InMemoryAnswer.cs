using Sluice.Core.Filters;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Questions;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>Answers a funnel with the reference evaluator and without any SQL: names, filters and values are taken in C#.</summary>
internal static class InMemoryAnswer
{
    /// <summary>The answer.</summary>
    /// <param name="funnel">The question.</param>
    /// <param name="events">The events and users.</param>
    /// <param name="source">What their columns are.</param>
    /// <param name="units">How many units were judged.</param>
    public static FunnelAnswer Of(FunnelDefinition funnel, RandomEvents events, FunnelSource source, out int units)
    {
        var plan = FunnelPlan.Of(funnel, source) with { ByReference = true };
        var watermark = events.Rows.Max(row => row.Micros);
        var count = new FunnelCount(plan, watermark);
        var users = events.Users.ToLookup(user => user.Key, StringComparer.Ordinal);
        units = 0;
        foreach (
            var unit in events
                .Rows.Where(row => UnitOf(row, funnel) is not null)
                .GroupBy(row => UnitOf(row, funnel)!, StringComparer.Ordinal)
        )
        {
            units++;
            var rows = unit.Where(row => row.Micros is not null || !plan.AsksTimes).ToList();
            var groups = new List<PropertyValues>();
            count.Add(
                new(
                    unit.Key,
                    [
                        .. rows.Select(row => new FunnelEvent(
                            row.Micros ?? FunnelEvent.NoTime,
                            KindOf(row, funnel, source),
                            GroupOf(row, funnel, source, groups)
                        )),
                    ],
                    [
                        .. rows.Select(row => new PropertyValues([
                            .. EventProperties(plan).Select(name => ValueOf(row, name, source)),
                        ])),
                    ],
                    [
                        .. users[unit.Key]
                            .Select(user => new UserRow(
                                null,
                                null,
                                [.. plan.UserProperties.Select(name => name == "sex" ? (object?)user.Sex : user.Joined)]
                            )),
                    ]
                ),
                TestContext.Current.CancellationToken
            );
        }

        return count.ToAnswer(
            new()
            {
                Definition = "",
                Rows = 0,
                Units = 0,
                EventsWithoutUnit = 0,
                EventsWithoutTime = 0,
                WatermarkMicros = watermark,
            },
            bins: null
        );
    }

    private static IEnumerable<string> EventProperties(FunnelPlan plan) =>
        plan.By.Where(breakdown => breakdown.Of == BreakdownOf.Event).Select(breakdown => breakdown.Breakdown.Property);

    private static string? UnitOf(EventRow row, FunnelDefinition funnel) =>
        funnel.Unit == "session" ? row.Session : row.Unit;

    private static EventKind KindOf(EventRow row, FunnelDefinition funnel, FunnelSource source)
    {
        return new(
            Enumerable.Range(0, funnel.Steps.Count).Where(step => Matches(funnel.Steps[step].Events)),
            Enumerable.Range(0, funnel.Exclude.Count).Where(i => Matches(funnel.Exclude[i].Events))
        );

        bool Matches(EventSelector selector) =>
            selector.MatchesName(row.Name ?? "")
            && (selector.Where is null || selector.Where.Evaluate(name => ValueOf(row, name, source)) == true);
    }

    private static int GroupOf(EventRow row, FunnelDefinition funnel, FunnelSource source, List<PropertyValues> groups)
    {
        var held = new PropertyValues([.. funnel.Hold.Select(name => ValueOf(row, name, source))]);
        if (held.Items.Contains(null))
        {
            return -1;
        }

        if (!groups.Contains(held))
        {
            groups.Add(held);
        }

        return groups.IndexOf(held);
    }

    private static object? ValueOf(EventRow row, string name, FunnelSource source) =>
        new FilterColumns(source.Events[0].Relation.Schema, "properties").ValuesOf(column =>
            column switch
            {
                "user_id" => row.Unit,
                "session_id" => row.Session,
                "event" => row.Name,
                "amount" => row.Amount,
                "properties" => row.Properties,
                _ => null,
            }
        )(name);
}
