namespace Sluice.Core.Tables;

/// <summary>A finished Parquet file in a staging area, not yet part of a table.</summary>
public sealed record StagedFile
{
    /// <summary>Absolute path inside the staging area.</summary>
    public required string Path { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Rows in it.</summary>
    public required long Rows { get; init; }

    /// <summary>What is known of its columns, by name; a column may be absent.</summary>
    public IReadOnlyDictionary<string, ColumnStatistics> Statistics { get; init; } =
        new Dictionary<string, ColumnStatistics>();

    /// <summary>The file as a statement reads it before it is part of a table.</summary>
    public DataFile AsDataFile() =>
        new()
        {
            Path = Path,
            Bytes = Bytes,
            Rows = Rows,
            Interval = "",
        };
}
