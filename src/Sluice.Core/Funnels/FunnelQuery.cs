using System.Globalization;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Funnels;

/// <summary>The statement that brings a funnel's events: columns unit, event_name, occurred, then one per breakdown, ordered by unit.</summary>
internal static class FunnelQuery
{
    /// <summary>The tables that the statement reads.</summary>
    public static IReadOnlyList<string> TablesOf(FunnelDefinition funnel, UserTable? users) =>
        [
            .. (funnel.EventTable is { } table ? [table] : funnel.StepTables.Values)
                .Concat(funnel.By.Count > 0 && users is not null ? [users.Table] : [])
                .Distinct(StringComparer.Ordinal),
        ];

    public static string Text(FunnelDefinition funnel, ProjectDefinition project)
    {
        var parts = funnel.EventTable is { } table
            ? [OneTable(table, funnel, project)]
            : funnel
                .StepTables.OrderBy(step => step.Key, StringComparer.Ordinal)
                .Select(step => StepTable(step.Key, step.Value, funnel, project));
        var events = string.Join("\n  union all\n  ", parts);
        if (funnel.By.Count == 0)
        {
            return $"select unit, event_name, occurred from (\n  {events}\n) order by unit";
        }

        var users = project.Users!;
        var by = string.Join(
            ", ",
            funnel.By.Select(
                (breakdown, i) => $"{Expression(breakdown)} as by{(i + 1).ToString(CultureInfo.InvariantCulture)}"
            )
        );
        return $"""
            select e.unit, e.event_name, e.occurred, {by}
            from (
              {events}
            ) e
            left join {SqlIdentifier.Quote(TableId.Mart(users.Table))} u on cast(u.{SqlIdentifier.Quote(
                users.Key
            )} as varchar) = e.unit
            order by e.unit
            """;
    }

    /// <summary>Counts users that have several rows: a join would then count their events several times.</summary>
    public static string RepeatedUsers(UserTable users)
    {
        var key = SqlIdentifier.Quote(users.Key);
        return $"select count(*) from (select {key} from {SqlIdentifier.Quote(TableId.Mart(users.Table))} where {key} is not null group by {key} having count(*) > 1)";
    }

    private static string OneTable(string table, FunnelDefinition funnel, ProjectDefinition project)
    {
        var columns = ColumnsOf(table, project);
        return $"select {Unit(funnel, columns)}, cast({SqlIdentifier.Quote(columns.Event)} as varchar) as event_name, {Time(columns)} from {SqlIdentifier.Quote(TableId.Mart(table))}";
    }

    private static string StepTable(string @event, string table, FunnelDefinition funnel, ProjectDefinition project)
    {
        var columns = ColumnsOf(table, project);
        return $"select {Unit(funnel, columns)}, {SqlIdentifier.Literal(@event)} as event_name, {Time(columns)} from {SqlIdentifier.Quote(TableId.Mart(table))}";
    }

    /// <summary>How a table is read as events.</summary>
    public static EventTable ColumnsOf(string table, ProjectDefinition project) =>
        project.Events.TryGetValue(table, out var columns) ? columns : new EventTable();

    /// <summary>The column that says whose events they are.</summary>
    public static string UnitColumn(FunnelDefinition funnel, EventTable columns) =>
        funnel.Unit switch
        {
            null or "user" => columns.User,
            "session" => columns.Session ?? "session_id",
            var other => other,
        };

    private static string Unit(FunnelDefinition funnel, EventTable columns) =>
        $"cast({SqlIdentifier.Quote(UnitColumn(funnel, columns))} as varchar) as unit";

    private static string Time(EventTable columns) =>
        columns.Time is null
            ? "cast(null as timestamp) as occurred"
            : $"cast({SqlIdentifier.Quote(columns.Time)} as timestamp) as occurred";

    private static string Expression(Breakdown breakdown)
    {
        var column = $"u.{SqlIdentifier.Quote(breakdown.Property)}";
        return breakdown.Period is { } period ? period.ToSql(column) : column;
    }
}
