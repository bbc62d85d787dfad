using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Building;

/// <summary>A model's new table before it is committed.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="Files">The files of the run's own rows.</param>
/// <param name="Keeps">What stays of the table that is added to; null where it is built anew.</param>
/// <param name="Relation">The whole of it, as tests read it.</param>
internal sealed record StagedModel(
    TableSchema Schema,
    IReadOnlyList<StagedFile> Files,
    KeptFiles? Keeps,
    SqlRelation Relation
);
