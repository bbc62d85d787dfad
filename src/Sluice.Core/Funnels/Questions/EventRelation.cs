using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>A table that is read as events.</summary>
/// <param name="Relation">The table.</param>
/// <param name="Columns">Which column means what.</param>
/// <param name="Event">The name of all its events; null where a column says it.</param>
public sealed record EventRelation(SqlRelation Relation, EventTable Columns, string? Event = null);
