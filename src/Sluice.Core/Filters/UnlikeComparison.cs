using Sluice.Core.Tables;

namespace Sluice.Core.Filters;

/// <summary>A part of a filter that is unknown of every row, since the column's type is of another kind than the rest.</summary>
/// <param name="Part">The comparison.</param>
/// <param name="Column">The column.</param>
/// <param name="Wanted">The kind that the column would have to be of.</param>
/// <param name="Literal">What it is compared with; null for another column or a pattern.</param>
internal sealed record UnlikeComparison(
    Filter Part,
    Column Column,
    ComparedKind Wanted,
    FilterOperand.Literal? Literal = null
)
{
    /// <summary>Those of a filter, in its order. A key of the properties has the type of each value, and null has none.</summary>
    public static IEnumerable<UnlikeComparison> In(Filter filter, TableSchema schema) =>
        filter switch
        {
            Filter.Comparison comparison => OfComparison(comparison, schema),
            Filter.OneOf list => list.Values.SelectMany(literal =>
                ToLiteral(list with { Values = [literal] }, list.Name, literal, schema)
            ),
            Filter.Pattern like => ToKind(like, like.Name, ComparedKind.Text, schema),
            Filter.IsNull => [],
            Filter.Conjunction and => and.Parts.SelectMany(part => In(part, schema)),
            Filter.Disjunction or => or.Parts.SelectMany(part => In(part, schema)),
            Filter.Negation not => In(not.Inner, schema),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The kind of a column's values.</summary>
    public static ComparedKind KindOf(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Boolean => ComparedKind.Truth,
            ColumnKind.Byte
            or ColumnKind.Short
            or ColumnKind.Integer
            or ColumnKind.Long
            or ColumnKind.Float
            or ColumnKind.Double
            or ColumnKind.Decimal => ComparedKind.Number,
            ColumnKind.String => ComparedKind.Text,
            ColumnKind.Date or ColumnKind.Timestamp => ComparedKind.Time,
            ColumnKind.Binary => ComparedKind.Nothing,
        };

    private static IEnumerable<UnlikeComparison> OfComparison(Filter.Comparison comparison, TableSchema schema) =>
        (comparison.Left, comparison.Right) switch
        {
            (FilterOperand.Name name, FilterOperand.Literal literal) => ToLiteral(
                comparison,
                name.Text,
                literal,
                schema
            ),
            (FilterOperand.Literal literal, FilterOperand.Name name) => ToLiteral(
                comparison,
                name.Text,
                literal,
                schema
            ),
            (FilterOperand.Name left, FilterOperand.Name right) => ToName(comparison, left.Text, right.Text, schema),
            _ => [],
        };

    private static IEnumerable<UnlikeComparison> ToLiteral(
        Filter part,
        string name,
        FilterOperand.Literal literal,
        TableSchema schema
    ) =>
        literal.Value switch
        {
            null => [],
            bool => ToKind(part, name, ComparedKind.Truth, schema, literal),
            string text when FilterValue.ReadInstant(text) is not null && IsTime(name, schema) => [],
            string => ToKind(part, name, ComparedKind.Text, schema, literal),
            _ => ToKind(part, name, ComparedKind.Number, schema, literal),
        };

    // Of two columns the text is the one that was probably meant to be of the other's kind.
    private static IEnumerable<UnlikeComparison> ToName(Filter part, string left, string right, TableSchema schema)
    {
        if (Find(left, schema) is not { } a || Find(right, schema) is not { } b)
        {
            return [];
        }

        var (other, column) = KindOf(a.Type) == ComparedKind.Text ? (b, a) : (a, b);
        return ToKind(part, column.Name, KindOf(other.Type), schema);
    }

    private static IEnumerable<UnlikeComparison> ToKind(
        Filter part,
        string name,
        ComparedKind wanted,
        TableSchema schema,
        FilterOperand.Literal? literal = null
    ) =>
        Find(name, schema) is { } column && (KindOf(column.Type) != wanted || wanted == ComparedKind.Nothing)
            ? [new(part, column, wanted, literal)]
            : [];

    private static bool IsTime(string name, TableSchema schema) =>
        Find(name, schema) is { } column && KindOf(column.Type) == ComparedKind.Time;

    private static Column? Find(string name, TableSchema schema) =>
        schema.Columns.FirstOrDefault(column => column.Name == name);
}
