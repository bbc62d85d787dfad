using Sluice.Core.Filters;

namespace Sluice.Core.Funnels.Questions;

/// <summary>A filter as a condition on the rows of an event table.</summary>
internal static class EventFilter
{
    /// <summary>The condition: true, false or null.</summary>
    /// <exception cref="DefinitionException">It names what the table does not have.</exception>
    public static string Sql(Filter where, EventRelation table)
    {
        try
        {
            return $"({FilterSql.Render(where, new FilterColumns(table.Relation.Schema, table.Columns.Properties))})";
        }
        catch (DefinitionException wrong)
        {
            throw new DefinitionException(
                $"The filter {where.ToText()} on {table.Relation.Table.Name}: {wrong.Problem}",
                wrong.Hint + EventProperty.HintOf(table)
            );
        }
    }
}
