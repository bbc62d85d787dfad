using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models;

/// <summary>What a run has of a model: the version of its table, and what went into it.</summary>
/// <param name="Snapshot">The version.</param>
/// <param name="Fingerprint">What went into it.</param>
/// <param name="Unchanged">Whether it was taken over from the interval's newest build.</param>
internal sealed record BuiltModel(TableSnapshot Snapshot, string Fingerprint, bool Unchanged)
{
    public SqlRelation AsRelation() => new(Snapshot.Table, Snapshot.Schema, Snapshot.Files);
}
