using System.Globalization;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Funnels.Questions;

/// <summary>
/// The statement that brings a funnel's events, ordered by unit and time: columns unit, micros, the words of
/// <see cref="EventMatch"/>, then the properties. What no step, no exclusion and no order looks at stays away.
/// </summary>
internal static class EventQuery
{
    /// <summary>The column of the first word.</summary>
    public const int FirstWord = 2;

    public static string Text(FunnelDefinition funnel, FunnelSource source, IReadOnlyList<string> properties)
    {
        var words = EventMatch.WordsOf(funnel);
        var names = Columns(funnel, properties);
        var some = string.Join(" or ", Enumerable.Range(0, words).Select(word => $"{Name("word", word)} <> 0"));
        var seen = FunnelRules.Of(funnel, source.Zone).LooksAtOthers ? "true" : some;
        var tables = source.Events.Select(table => Table(funnel, table, properties));
        return $"""
            select unit, micros, {string.Join(", ", names)}
            from (
              {string.Join("\n  union all\n  ", tables)}
            )
            where unit is not null and ({seen})
            order by unit, micros, {string.Join(", ", names)}
            """;
    }

    /// <summary>
    /// Counts what is read: rows, rows without unit, rows without time, the earliest and the latest time, then which steps and
    /// exclusions an event of any time is named for, in words.
    /// </summary>
    public static string Summary(FunnelDefinition funnel, FunnelSource source)
    {
        var words = Enumerable.Range(0, EventMatch.WordsOf(funnel)).Select(word => Name("word", word)).ToList();
        var tables = source.Events.Select(table =>
        {
            var columns = EventMatch
                .Words(funnel, table, EventName(table), filtered: false)
                .Select((word, i) => $"{word} as {words[i]}");
            return $"select {Unit(funnel, table)} as unit, {Time(table)} as micros, {string.Join(", ", columns)} from {SqlIdentifier.Quote(table.Relation.Table)}";
        });
        return $"""
            select count(*), count(*) filter (unit is null), count(*) filter (micros is null and unit is not null), min(micros), max(micros),
              {string.Join(", ", words.Select(word => $"coalesce(bit_or({word}), 0)"))}
            from ({string.Join(" union all ", tables)})
            """;
    }

    /// <summary>All events of one unit, also those that the funnel does not look at: the columns of <see cref="Text"/>, then the name and what else their rows say.</summary>
    public static string OfUnit(
        FunnelDefinition funnel,
        FunnelSource source,
        IReadOnlyList<string> properties,
        string unit
    )
    {
        var columns = Columns(funnel, properties);
        var tables = source.Events.Select(table =>
            Table(funnel, table, properties, $", {EventName(table)} as event, {Details(table)} as details")
        );
        return $"""
            select unit, micros, {string.Join(", ", columns)}, event, details
            from (
              {string.Join("\n  union all\n  ", tables)}
            )
            where unit = {SqlIdentifier.Literal(unit)}
            order by micros, event, {string.Join(", ", columns)}, details
            """;
    }

    /// <summary>The names of events, the commonest first.</summary>
    public static string Names(FunnelSource source, int most)
    {
        var tables = source.Events.Select(table =>
            $"select {EventName(table)} as event from {SqlIdentifier.Quote(table.Relation.Table)}"
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"select event from ({string.Join(" union all ", tables)}) where event <> '' group by event order by count(*) desc, event limit {most}"
        );
    }

    /// <summary>The expression of the unit.</summary>
    public static string Unit(FunnelDefinition funnel, EventRelation table) =>
        $"cast({SqlIdentifier.Quote(UnitColumn(funnel, table.Columns))} as varchar)";

    /// <summary>The column that says whose events they are.</summary>
    public static string UnitColumn(FunnelDefinition funnel, EventTable columns) =>
        funnel.Unit switch
        {
            null or "user" => columns.User,
            "session" => columns.Session ?? "session_id",
            var other => other,
        };

    private static List<string> Columns(FunnelDefinition funnel, IReadOnlyList<string> properties) =>
        [
            .. Enumerable.Range(0, EventMatch.WordsOf(funnel)).Select(word => Name("word", word)),
            .. properties.Select((_, i) => Name("property", i)),
        ];

    private static string Table(
        FunnelDefinition funnel,
        EventRelation table,
        IReadOnlyList<string> properties,
        string more = ""
    )
    {
        var words = EventMatch
            .Words(funnel, table, EventName(table))
            .Select((word, i) => $"{word} as {Name("word", i)}");
        var values = properties.Select(
            (property, i) => $"{EventProperty.Sql(table, property)} as {Name("property", i)}"
        );
        return $"select {Unit(funnel, table)} as unit, {Time(table)} as micros, {string.Join(", ", words.Concat(values))}{more} from {SqlIdentifier.Quote(table.Relation.Table)}";
    }

    // As a person looks for the row: sku=k1, amount=5. What is empty says nothing, and bytes cannot be read.
    private static string Details(EventRelation table)
    {
        var known = new[] { table.Columns.User, table.Columns.Time, table.Event is null ? table.Columns.Event : null };
        var parts = table
            .Relation.Schema.Columns.Where(column =>
                column.Type.Kind != ColumnKind.Binary && !known.Contains(column.Name, StringComparer.OrdinalIgnoreCase)
            )
            .Select(column =>
                $"{SqlIdentifier.Literal(column.Name + "=")} || cast({SqlIdentifier.Quote(column.Name)} as varchar)"
            )
            .ToList();
        return parts.Count == 0 ? "''" : $"concat_ws(', ', {string.Join(", ", parts)})";
    }

    private static string EventName(EventRelation table) =>
        table.Event is { } constant
            ? SqlIdentifier.Literal(constant)
            : $"coalesce(cast({SqlIdentifier.Quote(table.Columns.Event)} as varchar), '')";

    private static string Time(EventRelation table)
    {
        if (table.Columns.Time is not { } time)
        {
            return "cast(null as bigint)";
        }

        // An instant is one in every zone: only a date has to be turned into one.
        var column = SqlIdentifier.Quote(time);
        if (table.Relation.Schema.Find(time)?.Type.Kind != ColumnKind.Timestamp)
        {
            column = $"cast({column} as timestamp)";
        }

        return $"case when isfinite({column}) then epoch_us({column}) end";
    }

    private static string Name(string kind, int place) => string.Create(CultureInfo.InvariantCulture, $"{kind}{place}");
}
