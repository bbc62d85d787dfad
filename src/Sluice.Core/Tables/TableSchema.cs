namespace Sluice.Core.Tables;

/// <summary>The columns of a table, in order; names are unique without regard to case, as Delta asks.</summary>
public sealed class TableSchema
{
    /// <summary>Creates the schema.</summary>
    /// <exception cref="ArgumentException">Two columns have one name.</exception>
    public TableSchema(IEnumerable<Column> columns)
    {
        Columns = [.. columns];
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (Columns.FirstOrDefault(column => !names.Add(column.Name)) is { } twice)
        {
            throw new ArgumentException($"The column '{twice.Name}' is there twice.", nameof(columns));
        }
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The column of that name without regard to case, or null.</summary>
    public Column? Find(string name) =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether both have the same columns, in the same order.</summary>
    public bool SameAs(TableSchema other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Columns.SequenceEqual(other.Columns);
    }
}
