namespace Sluice.Lake.Modeling;

/// <summary>The index of an event table, in a journal. Keys are stable: add, never rename.</summary>
internal sealed record StoredIndex
{
    /// <summary>Null where the table can have none.</summary>
    public required string? Index { get; init; }
}
