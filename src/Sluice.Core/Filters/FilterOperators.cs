namespace Sluice.Core.Filters;

/// <summary>The signs of the operators, and what they mean.</summary>
public static class FilterOperators
{
    /// <summary>The sign, in filters as in SQL.</summary>
    public static string ToSign(this FilterOperator relation) =>
        relation switch
        {
            FilterOperator.Equal => "=",
            FilterOperator.NotEqual => "<>",
            FilterOperator.Less => "<",
            FilterOperator.LessOrEqual => "<=",
            FilterOperator.Greater => ">",
            FilterOperator.GreaterOrEqual => ">=",
        };

    /// <summary>The operator of that sign, or null.</summary>
    internal static FilterOperator? Find(string sign) =>
        sign switch
        {
            "=" => FilterOperator.Equal,
            "<>" or "!=" => FilterOperator.NotEqual,
            "<" => FilterOperator.Less,
            "<=" => FilterOperator.LessOrEqual,
            ">" => FilterOperator.Greater,
            ">=" => FilterOperator.GreaterOrEqual,
            _ => null,
        };

    /// <summary>The operator that says the same with the sides exchanged.</summary>
    internal static FilterOperator Mirror(this FilterOperator relation) =>
        relation switch
        {
            FilterOperator.Less => FilterOperator.Greater,
            FilterOperator.LessOrEqual => FilterOperator.GreaterOrEqual,
            FilterOperator.Greater => FilterOperator.Less,
            FilterOperator.GreaterOrEqual => FilterOperator.LessOrEqual,
            FilterOperator.Equal or FilterOperator.NotEqual => relation,
        };

    /// <summary>Whether two values in that order (below 0, 0, above 0) are in the relation.</summary>
    internal static bool Holds(this FilterOperator relation, int order) =>
        relation switch
        {
            FilterOperator.Equal => order == 0,
            FilterOperator.NotEqual => order != 0,
            FilterOperator.Less => order < 0,
            FilterOperator.LessOrEqual => order <= 0,
            FilterOperator.Greater => order > 0,
            FilterOperator.GreaterOrEqual => order >= 0,
        };
}
