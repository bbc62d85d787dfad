using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>A table to load.</summary>
public sealed record SourceTable
{
    /// <summary>Its name in the source.</summary>
    public required string Name { get; init; }

    /// <summary>The columns that identify a row; empty where none were given.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Types that the user gave for columns, over what the source declares.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();
}
