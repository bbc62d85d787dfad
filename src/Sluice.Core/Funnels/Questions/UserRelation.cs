using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>The table that holds the properties of users.</summary>
/// <param name="Relation">The table.</param>
/// <param name="Columns">Which column means what.</param>
public sealed record UserRelation(SqlRelation Relation, UserTable Columns);
