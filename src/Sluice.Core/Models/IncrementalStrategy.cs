namespace Sluice.Core.Models;

/// <summary>How an incremental model's new rows get into its table.</summary>
public enum IncrementalStrategy
{
    /// <summary>They are added: <c>append</c>.</summary>
    Append,

    /// <summary>Rows of the same keys are removed before: <c>delete+insert</c>.</summary>
    DeleteInsert,

    /// <summary>A row takes the place of the one with its key: <c>merge</c>.</summary>
    Merge,

    /// <summary>They take the place of their partitions: <c>insert_overwrite</c>.</summary>
    InsertOverwrite,
}
