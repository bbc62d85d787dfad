namespace Sluice.Core.Tables;

/// <summary>What happens to a table's columns when new data has other columns.</summary>
/// <param name="Merged">The table's columns from now on: the old ones, then the new ones.</param>
/// <param name="Added">Columns the table did not have; null in the rows before.</param>
/// <param name="Missing">Columns the new data lacks; null in the rows from now on.</param>
public sealed record SchemaChange(TableSchema Merged, IReadOnlyList<Column> Added, IReadOnlyList<Column> Missing)
{
    /// <summary>Columns that become wider: the files that have them are rewritten.</summary>
    public IReadOnlyList<WidenedColumn> Widened { get; init; } = [];

    /// <summary>Adds the columns of <paramref name="incoming"/> to those of <paramref name="current"/>.</summary>
    /// <exception cref="PipelineException">A column has another type now, and not a wider one; the message names it.</exception>
    public static SchemaChange Between(TableId table, TableSchema? current, TableSchema incoming)
    {
        ArgumentNullException.ThrowIfNull(incoming);
        if (current is null)
        {
            return new(incoming, [], []);
        }

        var (added, widened) = (new List<Column>(), new List<WidenedColumn>());
        foreach (var column in incoming.Columns)
        {
            var known = current.Find(column.Name);
            if (known is null)
            {
                added.Add(column);
            }
            else if (known.Type.WidensTo(column.Type))
            {
                widened.Add(new(known.Name, known.Type, column.Type));
            }
            else if (known.Type != column.Type)
            {
                throw new PipelineException(
                    $"The column '{column.Name}' of {table} changed its type: it is {known.Type} in the lake and {column.Type} in the new data."
                )
                {
                    Hint =
                        $"Change it back, or give the column's type in sluice.yaml (columns: {{{column.Name}: {{type: {known.Type}}}}}).",
                };
            }
        }

        var missing = current.Columns.Where(column => incoming.Find(column.Name) is null).ToList();
        var wide = widened.ToDictionary(column => column.Name, column => column.To, StringComparer.Ordinal);
        var kept = current.Columns.Select(column =>
            column with
            {
                Type = wide.GetValueOrDefault(column.Name, column.Type),
            }
        );
        return new(new([.. kept, .. added]), added, missing) { Widened = widened };
    }
}
