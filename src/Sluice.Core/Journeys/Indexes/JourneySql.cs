using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>The statements that an index is built from.</summary>
internal static class JourneySql
{
    /// <summary>Columns unit, micros, code: the events that are indexed, ordered by all three.</summary>
    public static string Events(JourneySource source, JourneyNames names)
    {
        var name = EventName(source);
        var values = names.Coded.Select(
            (coded, i) => string.Create(CultureInfo.InvariantCulture, $"({SqlIdentifier.Literal(coded)}, {i + 1})")
        );
        var (code, join) =
            names.Coded.Count == 0
                ? ("255", "")
                : (
                    "coalesce(n.code, 255)",
                    $"left join (values {string.Join(", ", values)}) n(name, code) on n.name = {name}"
                );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select unit, micros, code from (
              select {Unit(source, source.Unit, "e")} as unit, {Time(
                source
            )} as micros, cast({code} as utinyint) as code
              from {SqlIdentifier.Quote(source.Events.Table)} e {join}
            )
            where unit is not null and micros between {Micros.FirstOfYear1} and {Micros.LastOfYear9999}{AndOnly(
                source
            )}
            order by unit, micros, code
            """
        );
    }

    /// <summary>The counts of <see cref="JourneySummary"/>, in its order.</summary>
    public static string Summary(JourneySource source) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select count(*), count(*) filter (unit is null), count(*) filter (unit is not null and micros is null),
              count(*) filter (unit is not null and micros not between {Micros.FirstOfYear1} and {Micros.LastOfYear9999}),
              min(micros), max(micros)
            from (
              select e.{SqlIdentifier.Quote(source.Unit.Name)} as unit, {Time(source)} as micros
              from {SqlIdentifier.Quote(source.Events.Table)} e
            )
            """
        );

    /// <summary>The names of events, the commonest first.</summary>
    public static string Names(JourneySource source) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select name from (select {EventName(source)} as name from {SqlIdentifier.Quote(source.Events.Table)} e)
            group by name order by count(*) desc, name limit {JourneyNames.MostCoded + JourneyNames.MostRare + 1}
            """
        );

    /// <summary>The units whose events or properties differ between two sources that have the same columns; each once.</summary>
    /// <remarks>
    /// Each row has a hash of 63 bits, and a unit has changed when those of one side and of the other do not add up to the same: so
    /// neither side has to be ordered. That a change goes unseen is less likely than 1 in 10^18 for each unit that changed, and
    /// almost always found out, since then the number of events in the index is wrong.
    /// </remarks>
    /// <param name="now">One of them.</param>
    /// <param name="before">The other.</param>
    /// <param name="properties">The users' columns that are compared.</param>
    public static string Changed(JourneySource now, JourneySource before, IReadOnlyList<Column> properties)
    {
        var rows = new[] { (now, ""), (before, "-") }.SelectMany(side => Rows(side.Item1, side.Item2));
        return $"""
            select unit from ({string.Join(" union all ", rows)})
            where unit is not null
            group by unit
            having sum(hashed) <> 0
            """;

        IEnumerable<string> Rows(JourneySource source, string sign)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"""
                select unit, {sign}{Hash("micros, name")} as hashed
                from (
                  select {Unit(source, source.Unit, "e")} as unit, {Time(source)} as micros, {EventName(source)} as name
                  from {SqlIdentifier.Quote(source.Events.Table)} e
                )
                where micros between {Micros.FirstOfYear1} and {Micros.LastOfYear9999}
                """
            );
            if (source.Users is { } users && properties.Count > 0)
            {
                yield return $"""
                    select {Unit(source, users.Key, "u")}, {sign}{Hash(
                        string.Join(", ", properties.Select(Text).Prepend("1"))
                    )}
                    from {SqlIdentifier.Quote(users.Relation.Table)} u
                    """;
            }
        }

        // Hashed again, since the engine makes one hash of several by steps that a sum does not tell apart well enough.
        static string Hash(string columns) => $"cast(hash(hash({columns})) >> 1 as bigint)";
    }

    /// <summary>The units of <see cref="JourneySource.Only"/>.</summary>
    public static string Only(JourneySource source) => $"select unit from {SqlIdentifier.Quote(source.Only!.Table)}";

    /// <summary>Columns unit and the properties as texts, ordered by unit.</summary>
    /// <param name="source">The source.</param>
    /// <param name="properties">The columns.</param>
    public static string Users(JourneySource source, IEnumerable<Column> properties)
    {
        var users = source.Users!;
        var columns = properties.Select(
            (property, i) => string.Create(CultureInfo.InvariantCulture, $", {Text(property)} as property{i}")
        );
        return $"""
            select * from (
              select {Unit(source, users.Key, "u")} as unit{string.Concat(columns)}
              from {SqlIdentifier.Quote(users.Relation.Table)} u
            )
            where unit is not null{AndOnly(source)}
            order by unit
            """;
    }

    /// <summary>About how many values each property has.</summary>
    public static string CountValues(JourneyUsers users, IEnumerable<Column> properties)
    {
        var counts = properties.Select(column => $"approx_count_distinct({SqlIdentifier.Quote(column.Name)})");
        return $"select {string.Join(", ", counts)} from {SqlIdentifier.Quote(users.Relation.Table)}";
    }

    /// <summary>Columns value and text: the values of a property, ordered.</summary>
    public static string Values(JourneyUsers users, Column property)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select min(value), text from (
              select u.{SqlIdentifier.Quote(property.Name)} as value, {Text(property)} as text
              from {SqlIdentifier.Quote(users.Relation.Table)} u
            )
            where text is not null group by text order by 1, 2 limit {JourneyProperty.MostValues + 1}
            """
        );
    }

    private static string AndOnly(JourneySource source) => source.Only is null ? "" : $" and unit in ({Only(source)})";

    private static string Text(Column property)
    {
        var column = $"u.{SqlIdentifier.Quote(property.Name)}";
        var text = $"cast({column} as varchar)";
        return SqlCalendar.Contains(property.Type.Kind, column) is { } inside
            ? $"case when {inside} then {text} end"
            : text;
    }

    private static string Unit(JourneySource source, Column column, string table) =>
        $"cast({table}.{SqlIdentifier.Quote(column.Name)} as {(source.HasIntegerUnits ? "bigint" : "varchar")})";

    private static string EventName(JourneySource source) =>
        $"coalesce(cast(e.{SqlIdentifier.Quote(source.Name.Name)} as varchar), '')";

    private static string Time(JourneySource source)
    {
        var column = $"e.{SqlIdentifier.Quote(source.Time.Name)}";
        // An instant is not cast: looking for its time zone, 50 million times, takes longer than sorting them.
        var time = source.Time.Type.Kind == ColumnKind.Timestamp ? column : $"cast({column} as timestamp)";
        return $"case when isfinite({time}) then epoch_us({time}) end";
    }
}
