using Sluice.Core.Tables;

namespace Sluice.Lake.Builds;

/// <summary>The version of a table, in a build file or a journal.</summary>
internal sealed record StoredTable
{
    /// <summary>The <c>id</c> of the Delta table's metadata.</summary>
    public required string Id { get; init; }

    public required long Version { get; init; }

    public static StoredTable Of(TableVersion table) => new() { Id = table.Incarnation, Version = table.Version };

    public TableVersion ToVersion() => new(Id, Version);
}
