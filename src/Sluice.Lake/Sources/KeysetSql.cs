using Sluice.Core.Extraction;

namespace Sluice.Lake.Sources;

/// <summary>Writes the condition and the order of a page: keyset pages, never an offset. Bounds hold literals that their source wrote.</summary>
internal static class KeysetSql
{
    /// <summary>The condition without <c>where</c>; empty where everything is asked.</summary>
    /// <param name="request">The page.</param>
    /// <param name="quote">Quotes a column's name.</param>
    /// <param name="rowValues">Whether the database uses an index for <c>(a, b) &gt; (1, 2)</c>.</param>
    public static string Condition(PageRequest request, Func<string, string> quote, bool rowValues)
    {
        string[] order = [.. request.Order.Select(quote)];
        var parts = new List<string>(3);
        if (request.NullColumn is { } column)
        {
            parts.Add($"{quote(column)} is null");
        }

        if (request.Lower is { } lower)
        {
            parts.Add(Compare(order, lower.Values, ">", lower.IsInclusive, rowValues));
        }

        if (request.Upper is { } upper)
        {
            parts.Add(Compare(order, upper.Values, "<", isInclusive: false, rowValues));
        }

        return string.Join(" and ", parts);
    }

    /// <summary>The statement's end: <c>where … order by …</c>, without a limit.</summary>
    public static string Tail(PageRequest request, Func<string, string> quote, bool rowValues)
    {
        var condition = Condition(request, quote, rowValues);
        var order = string.Join(", ", request.Order.Select(quote));
        return (condition.Length == 0 ? "" : $" where {condition}") + (order.Length == 0 ? "" : $" order by {order}");
    }

    private static string Compare(
        string[] order,
        IReadOnlyList<string> values,
        string sign,
        bool isInclusive,
        bool rowValues
    )
    {
        var last = isInclusive ? $"{sign}=" : sign;
        if (values.Count == 1)
        {
            return $"{order[0]} {last} {values[0]}";
        }

        if (rowValues)
        {
            return $"({string.Join(", ", order.Take(values.Count))}) {last} ({string.Join(", ", values)})";
        }

        // The first comparison alone gives the index its range; the rest then decides within it.
        var inner = $"{order[values.Count - 1]} {last} {values[^1]}";
        for (var i = values.Count - 2; i >= 0; i--)
        {
            inner = $"{order[i]} {sign} {values[i]} or {order[i]} = {values[i]} and ({inner})";
        }

        return $"{order[0]} {sign}= {values[0]} and ({inner})";
    }
}
