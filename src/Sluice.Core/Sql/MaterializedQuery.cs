using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>What a materialized SELECT wrote.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="Files">Its files; none when it gave no rows.</param>
public sealed record MaterializedQuery(TableSchema Schema, IReadOnlyList<StagedFile> Files);
