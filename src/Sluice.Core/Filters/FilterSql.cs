using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Time;

namespace Sluice.Core.Filters;

/// <summary>Filters as SQL for DuckDB, with exactly the meaning of <see cref="Filter.Evaluate"/>.</summary>
public static class FilterSql
{
    private const string Unknown = "CAST(NULL AS BOOLEAN)";

    // Up to here every integer is a double of its own, so that comparing as doubles is exact.
    private const long ExactIntegers = 1L << 53;

    /// <summary>A boolean expression, in parentheses where it needs them; null where the truth is unknown.</summary>
    /// <param name="filter">What to render.</param>
    /// <param name="columns">What its names mean.</param>
    /// <exception cref="DefinitionException">A name means nothing.</exception>
    public static string Render(Filter filter, FilterColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return filter switch
        {
            Filter.Comparison comparison => Comparison(comparison, columns),
            Filter.OneOf list => Contains(list, columns.Find(list.Name)),
            Filter.Pattern like => columns.Find(like.Name).Text is { } text
                ? $"({text} {Negation(like.Negated)}LIKE {SqlIdentifier.Literal(like.Text)})"
                : Unknown,
            Filter.IsNull isNull => $"({columns.Find(isNull.Name).Presence} IS {Negation(isNull.Negated)}NULL)",
            Filter.Conjunction and => $"({string.Join(" AND ", and.Parts.Select(part => Render(part, columns)))})",
            Filter.Disjunction or => $"({string.Join(" OR ", or.Parts.Select(part => Render(part, columns)))})",
            Filter.Negation not => $"(NOT {Render(not.Inner, columns)})",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string Negation(bool negated) => negated ? "NOT " : "";

    private static string Comparison(Filter.Comparison comparison, FilterColumns columns)
    {
        var relation = comparison.Operator;
        return (comparison.Left, comparison.Right) switch
        {
            (FilterOperand.Name name, FilterOperand.Literal literal) => ToLiteral(
                columns.Find(name.Text),
                relation,
                literal
            ),
            (FilterOperand.Literal literal, FilterOperand.Name name) => ToLiteral(
                columns.Find(name.Text),
                relation.Mirror(),
                literal
            ),
            (FilterOperand.Name left, FilterOperand.Name right) => ToName(
                columns.Find(left.Text),
                relation,
                columns.Find(right.Text)
            ),
            _ => throw new ArgumentException("A comparison has a name.", nameof(comparison)),
        };
    }

    private static string ToLiteral(FilterSource left, FilterOperator relation, FilterOperand.Literal literal) =>
        Sides(left, literal) is var (value, other)
            ? $"({value} {relation.ToSign()} {other})"
            : ToName(left, relation, FilterSource.Of(literal));

    // Values that are compared with the same expression stand in one list, however many they are.
    private static string Contains(Filter.OneOf list, FilterSource source)
    {
        var sides = list.Values.Select(literal => (Literal: literal, Sides: Sides(source, literal))).ToList();
        var parts = sides
            .Where(value => value.Sides is not null)
            .GroupBy(value => value.Sides!.Value.Value, value => value.Sides!.Value.Other)
            .Select(group => $"{group.Key} IN ({string.Join(", ", group)})")
            .Concat(
                sides
                    .Where(value => value.Sides is null)
                    .Select(value => ToName(source, FilterOperator.Equal, FilterSource.Of(value.Literal)))
                    .Distinct(StringComparer.Ordinal)
            );
        return $"({Negation(list.Negated)}({string.Join(" OR ", parts)}))";
    }

    // The two sides of a comparison that needs no more than its operator; null for what is left to ToName.
    private static (string Value, string Other)? Sides(FilterSource source, FilterOperand.Literal literal)
    {
        var other = FilterSource.Of(literal);
        return literal.Value switch
        {
            string text when source.Date is not null || source.Instant is not null => FilterValue.ReadInstant(text)
                is { } micros
                ? Times(source, micros)
                : null,
            string when source.Text is { } value => (value, other.Text!),
            bool when source.Truth is { } value => (value, other.Truth!),
            long when source is { Integer: { } value, Varies: false } => (value, other.Integer!),
            long and > -ExactIntegers and < ExactIntegers when source.Number is { } value => (value, other.Number!),
            long when source is { Integer: null, Number: { } value } => (value, other.Number!),
            double when source.Number is { } value => (value, other.Number!),
            _ => null,
        };
    }

    private static (string Value, string Other) Times(FilterSource source, long micros)
    {
        var day = string.Create(CultureInfo.InvariantCulture, $"{Micros.ToInstant(micros):yyyy-MM-dd}");
        var time = string.Create(
            CultureInfo.InvariantCulture,
            $"{Micros.ToInstant(micros):yyyy-MM-dd HH:mm:ss.ffffff}"
        );
        return source.Instant is { } instant ? (instant, $"TIMESTAMPTZ {SqlIdentifier.Literal($"{time}+00")}")
            : micros % Micros.PerDay == 0 ? (source.Date!, $"DATE {SqlIdentifier.Literal(day)}")
            : ($"TRY_CAST({source.Date} AS TIMESTAMP)", $"TIMESTAMP {SqlIdentifier.Literal(time)}");
    }

    // Of the kinds that both sides can be, at most one is that of a row: the others are null.
    private static string ToName(FilterSource left, FilterOperator relation, FilterSource right)
    {
        var sign = relation.ToSign();
        List<string> kinds = [];
        Add(left.Text, right.Text);
        Add(left.Truth, right.Truth);
        Add(left.Micros, right.Micros);
        Add(left.Integer, right.Integer);
        if (left is not { Varies: false, Integer: not null } || right is not { Varies: false, Integer: not null })
        {
            Add(left.Number, right.Number);
        }

        return kinds switch
        {
            [] => Unknown,
            [var only] => $"({only})",
            _ => $"COALESCE({string.Join(", ", kinds)})",
        };

        void Add(string? a, string? b)
        {
            if (a is not null && b is not null)
            {
                kinds.Add($"{a} {sign} {b}");
            }
        }
    }
}
