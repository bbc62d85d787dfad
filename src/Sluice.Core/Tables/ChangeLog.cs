namespace Sluice.Core.Tables;

/// <summary>Says how the rows of a log of changes become the rows of the table that it logs: the latest one of each key counts.</summary>
/// <param name="Key">The columns that identify a row.</param>
/// <param name="Cursor">The column by which a later row is known; of equal ones the later in the log counts.</param>
/// <param name="SoftDelete">A column that tells a deleted row; null where there is none.</param>
public sealed record ChangeLog(IReadOnlyList<string> Key, string Cursor, string? SoftDelete = null)
{
    /// <inheritdoc/>
    public bool Equals(ChangeLog? other) =>
        other is not null && Key.SequenceEqual(other.Key) && Cursor == other.Cursor && SoftDelete == other.SoftDelete;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key.Count, Cursor, SoftDelete);
}
