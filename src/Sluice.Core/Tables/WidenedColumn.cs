namespace Sluice.Core.Tables;

/// <summary>A column whose type becomes wider: every value it has is one of the new type.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="From">The type so far.</param>
/// <param name="To">The type from now on.</param>
public sealed record WidenedColumn(string Name, ColumnType From, ColumnType To)
{
    /// <summary><c>amount (integer to long)</c>.</summary>
    public override string ToString() => $"{Name} ({From} to {To})";
}
