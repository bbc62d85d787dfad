namespace Sluice.Lake.Builds;

/// <summary>A table in a build file.</summary>
internal sealed record StoredTable
{
    /// <summary>The <c>id</c> of the Delta table's metadata.</summary>
    public required string Id { get; init; }

    public required long Version { get; init; }
}
