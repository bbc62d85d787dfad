namespace Sluice.Core.Extraction;

/// <summary>What a source declares of one table.</summary>
public sealed record SourceShape
{
    /// <summary>Its name in the source.</summary>
    public required string Table { get; init; }

    /// <summary>Its columns, in order, without those that the user excludes.</summary>
    public required IReadOnlyList<SourceColumn> Columns { get; init; }

    /// <summary>Columns that never are null and identify a row, the primary key first of all; empty where it has none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> UniqueKeys { get; init; } = [];

    /// <summary>
    /// The columns, or the database's own name for the place of a row, by which the whole table is read in pages; empty where
    /// it can only be read by one statement from end to end, which cannot be resumed.
    /// </summary>
    public IReadOnlyList<string> ScanOrder { get; init; } = [];

    /// <summary>A type for each column of <see cref="ScanOrder"/> and of keys that is not among <see cref="Columns"/>, by name.</summary>
    public IReadOnlyList<SourceColumn> Hidden { get; init; } = [];

    /// <summary>Its rows as the database estimates them; null where it does not.</summary>
    public long? EstimatedRows { get; init; }

    /// <summary>The column of that name, hidden ones too; null where there is none.</summary>
    public SourceColumn? Find(string name) =>
        Columns.Concat(Hidden).FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal));
}
