using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>The rows of one page: the first ones of a range, in an order that no two rows share a place in.</summary>
public sealed record PageRequest
{
    /// <summary>The table.</summary>
    public required SourceShape Shape { get; init; }

    /// <summary>The columns to read, in the order of the page.</summary>
    public required IReadOnlyList<SourceColumn> Columns { get; init; }

    /// <summary>The columns that order the rows; empty for a table that is read by one statement, page after page.</summary>
    public required IReadOnlyList<string> Order { get; init; }

    /// <summary>Where the range begins; null for its very beginning.</summary>
    public SourceBound? Lower { get; init; }

    /// <summary>Where it ends, never inclusive; null for its very end.</summary>
    public SourceBound? Upper { get; init; }

    /// <summary>A column that must be null: rows without a cursor, which no range of the cursor has. Null asks for none.</summary>
    public string? NullColumn { get; init; }

    /// <summary>Most rows of the page, 1 to <see cref="RowPage.MaxRows"/>. Wide rows end a page sooner.</summary>
    public int MaxRows { get; init; } = RowPage.MaxRows;
}
