namespace Sluice.Core.Filters;

/// <summary>The names that a filter reads.</summary>
internal static class FilterNames
{
    /// <summary>Every mention, in order.</summary>
    public static IEnumerable<string> Of(Filter filter) =>
        filter switch
        {
            Filter.Comparison comparison => new[] { comparison.Left, comparison.Right }
                .OfType<FilterOperand.Name>()
                .Select(name => name.Text),
            Filter.OneOf list => [list.Name],
            Filter.Pattern like => [like.Name],
            Filter.IsNull isNull => [isNull.Name],
            Filter.Conjunction and => and.Parts.SelectMany(Of),
            Filter.Disjunction or => or.Parts.SelectMany(Of),
            Filter.Negation not => Of(not.Inner),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
