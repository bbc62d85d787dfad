using Sluice.Core.Builds;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Building;

/// <summary>What a run has of a model: the version of its table, and what went into it.</summary>
/// <param name="Snapshot">The version.</param>
/// <param name="Record">What went into it.</param>
/// <param name="Unchanged">Whether it was taken over from the interval's newest build.</param>
internal sealed record BuiltModel(TableSnapshot Snapshot, ModelRecord Record, bool Unchanged)
{
    public SqlRelation AsRelation() => new(Snapshot.Table, Snapshot.Schema, Snapshot.Files);
}
