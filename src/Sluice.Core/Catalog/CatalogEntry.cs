using Sluice.Core.Tables;

namespace Sluice.Core.Catalog;

/// <summary>A table in the list of tables.</summary>
/// <param name="Snapshot">What it is.</param>
/// <param name="Published">Whether the build has it.</param>
public sealed record CatalogEntry(TableSnapshot Snapshot, bool Published);
