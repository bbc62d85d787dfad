namespace Sluice.Core.Sql;

/// <summary>How a user's file holds its rows.</summary>
public enum SqlFileFormat
{
    /// <summary>Comma-separated values, or with another separator; the first line names the columns.</summary>
    Csv,

    /// <summary>One JSON object per line.</summary>
    JsonLines,

    /// <summary>Parquet.</summary>
    Parquet,
}
