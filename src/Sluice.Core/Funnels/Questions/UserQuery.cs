using System.Globalization;
using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>
/// The statement that brings the properties of the units that have events, ordered as those: columns unit, valid_from and
/// valid_to in microseconds, then the properties. A unit without a row comes with nulls.
/// </summary>
internal static class UserQuery
{
    /// <summary>The column of the first property.</summary>
    public const int FirstProperty = 4;

    public static string Text(FunnelDefinition funnel, FunnelSource source, IReadOnlyList<string> properties)
    {
        var users = source.Users!;
        var key = SqlIdentifier.Quote(users.Columns.Key);
        var units = source.Events.Select(table =>
            $"select {EventQuery.Unit(funnel, table)} as unit from {SqlIdentifier.Quote(table.Relation.Table)}"
        );
        var values = properties.Select(
            (property, i) => string.Create(CultureInfo.InvariantCulture, $"{Value(users, property)} as property{i}")
        );
        return $"""
            select e.unit, u.{key} is not null as has_row, {Micros(users.Columns.ValidFrom)} as valid_from, {Micros(
                users.Columns.ValidTo
            )} as valid_to, {string.Join(", ", values)}
            from (select distinct unit from ({string.Join(" union all ", units)}) where unit is not null) e
            left join {SqlIdentifier.Quote(users.Relation.Table)} u on cast(u.{key} as varchar) = e.unit
            order by e.unit, valid_from nulls first
            """;
    }

    private static string Value(UserRelation users, string property)
    {
        var column = $"u.{SqlIdentifier.Quote(property)}";
        return
            users.Relation.Schema.Find(property) is { } known
            && SqlCalendar.Contains(known.Type.Kind, column) is { } inside
            ? $"case when {inside} then {column} end"
            : column;
    }

    private static string Micros(string? column) =>
        column is null ? "cast(null as bigint)" : $"epoch_us(cast(u.{SqlIdentifier.Quote(column)} as timestamp))";
}
