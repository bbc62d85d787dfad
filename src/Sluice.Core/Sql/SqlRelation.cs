using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>A table as a statement sees it: some files of one version.</summary>
/// <param name="Table">Its name; the schema is <see cref="TableId.Schema"/>.</param>
/// <param name="Schema">Its columns; a file that lacks one gives null for it.</param>
/// <param name="Files">Its files; none make an empty table.</param>
public sealed record SqlRelation(TableId Table, TableSchema Schema, IReadOnlyList<DataFile> Files);
