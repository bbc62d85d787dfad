namespace Sluice.Core.Docs;

/// <summary>A column on the page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as last built, or as written where it was not built.</param>
/// <param name="Description">What it means; empty where nobody wrote it.</param>
/// <param name="Tests">The tests that are written at it.</param>
internal sealed record DocsColumn(string Name, string Type, string Description, IReadOnlyList<DocsTest> Tests)
{
    /// <summary>The columns of the table in its order, then those that are written of and that it does not have.</summary>
    public static IReadOnlyList<DocsColumn> Of(DocsContent content, DocsNode node, IReadOnlyList<DocsTest> tests)
    {
        var snapshot = content.Tables.GetValueOrDefault(node.Table);
        var (built, written) = (snapshot?.Schema.Columns ?? [], node.Properties.Columns);
        var columns = built
            .Select(column => column.Name)
            .Concat(written.Select(column => column.Name))
            .Concat(tests.Select(test => test.Column).OfType<string>())
            .Distinct(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. columns.Select(name =>
            {
                var said = written.FirstOrDefault(column => Is(column.Name, name));
                return new DocsColumn(
                    name,
                    built.FirstOrDefault(column => Is(column.Name, name))?.Type.ToString()
                        ?? (snapshot is null ? said?.DataType ?? "" : "not in the table"),
                    said?.Description ?? "",
                    [.. tests.Where(test => test.Column is { } of && Is(of, name))]
                );
            }),
        ];
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
