namespace Sluice.Core.Filters;

/// <summary>The reference evaluator: what a filter means. Engines are held against it.</summary>
internal static class FilterTruth
{
    public static bool? Of(Filter filter, Func<string, object?> valueOf) =>
        filter switch
        {
            Filter.Comparison comparison => Compare(comparison, valueOf),
            Filter.OneOf list => Negate(Contains(list, FilterValue.Of(valueOf(list.Name))), list.Negated),
            Filter.Pattern like => valueOf(like.Name) is string text
                ? LikePattern.Matches(text, like.Text) != like.Negated
                : null,
            Filter.IsNull isNull => valueOf(isNull.Name) is null != isNull.Negated,
            Filter.Conjunction and => Join(and.Parts, valueOf, decisive: false),
            Filter.Disjunction or => Join(or.Parts, valueOf, decisive: true),
            Filter.Negation not => Negate(Of(not.Inner, valueOf), negated: true),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static bool? Negate(bool? truth, bool negated) => truth is { } known ? known != negated : null;

    // One decisive part decides, whatever is unknown.
    private static bool? Join(IReadOnlyList<Filter> parts, Func<string, object?> valueOf, bool decisive)
    {
        bool? joined = !decisive;
        foreach (var part in parts)
        {
            var truth = Of(part, valueOf);
            if (truth == decisive)
            {
                return decisive;
            }

            joined = truth is null ? null : joined;
        }

        return joined;
    }

    private static bool? Compare(Filter.Comparison comparison, Func<string, object?> valueOf)
    {
        var left = Value(comparison.Left, valueOf);
        var right = Value(comparison.Right, valueOf);
        var order = (comparison.Left, comparison.Right) switch
        {
            (FilterOperand.Literal, _) => -FilterValue.OrderToLiteral(right, left),
            (_, FilterOperand.Literal) => FilterValue.OrderToLiteral(left, right),
            _ => FilterValue.Order(left, right),
        };
        return order is { } known ? comparison.Operator.Holds(known) : null;
    }

    private static object? Value(FilterOperand operand, Func<string, object?> valueOf) =>
        operand is FilterOperand.Literal literal
            ? literal.Value
            : FilterValue.Of(valueOf(((FilterOperand.Name)operand).Text));

    private static bool? Contains(Filter.OneOf list, object? value)
    {
        bool? contained = false;
        foreach (var literal in list.Values)
        {
            var order = FilterValue.OrderToLiteral(value, literal.Value);
            if (order == 0)
            {
                return true;
            }

            contained = order is null ? null : contained;
        }

        return contained;
    }
}
