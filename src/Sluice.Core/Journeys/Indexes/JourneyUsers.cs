using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>The table of the users' properties: at most one row per user.</summary>
/// <param name="Relation">The table.</param>
/// <param name="Incarnation">Its identity.</param>
/// <param name="Key">The column that names the user.</param>
public sealed record JourneyUsers(SqlRelation Relation, string Incarnation, Column Key)
{
    /// <summary>The columns that can be properties.</summary>
    public IEnumerable<Column> Properties =>
        Relation.Schema.Columns.Where(column => column != Key && column.Type.Kind != ColumnKind.Binary);
}
