using System.Globalization;

namespace Sluice.Core.Filters;

/// <summary>Writes the canonical text of a filter: keywords in lower case, single spaces, no more parentheses than needed.</summary>
internal static class FilterWriter
{
    public static string Write(Filter filter) =>
        filter switch
        {
            Filter.Comparison comparison =>
                $"{Operand(comparison.Left)} {comparison.Operator.ToSign()} {Operand(comparison.Right)}",
            Filter.OneOf list =>
                $"{Name(list.Name)}{Negation(list.Negated)} in ({string.Join(", ", list.Values.Select(Operand))})",
            Filter.Pattern like => $"{Name(like.Name)}{Negation(like.Negated)} like {Text(like.Text)}",
            Filter.IsNull isNull => $"{Name(isNull.Name)} is{Negation(isNull.Negated)} null",
            Filter.Conjunction and => string.Join(
                " and ",
                and.Parts.Select(part => part is Filter.Disjunction ? Group(part) : Write(part))
            ),
            Filter.Disjunction or => string.Join(" or ", or.Parts.Select(Write)),
            Filter.Negation not =>
                $"not {(not.Inner is Filter.Conjunction or Filter.Disjunction ? Group(not.Inner) : Write(not.Inner))}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Group(Filter filter) => $"({Write(filter)})";

    private static string Negation(bool negated) => negated ? " not" : "";

    /// <summary>A literal as a filter writes it.</summary>
    public static string Operand(FilterOperand operand) =>
        operand switch
        {
            FilterOperand.Name name => Name(name.Text),
            FilterOperand.Literal { Value: var value } => value switch
            {
                null => "null",
                bool truth => truth ? "true" : "false",
                long number => number.ToString(CultureInfo.InvariantCulture),
                double number => Number(number),
                var text => Text((string)text),
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Name(string name) =>
        FilterWords.IsBareName(name) ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // A point or an exponent keeps it from being read as an integer.
    private static string Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal);
        return text.AsSpan().ContainsAny('.', 'e', 'E') ? text.Replace('E', 'e') : $"{text}.0";
    }
}
