using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Finds a property of events: a column, else a key of the JSON properties.</summary>
internal static class EventProperty
{
    /// <summary>Whether the table can have the property: keys of JSON are known only row by row.</summary>
    public static bool Exists(EventRelation table, string name) =>
        table.Relation.Schema.Find(name) is not null || table.Columns.Properties is not null;

    /// <summary>How keys become known of a column that is probably their JSON; empty where there is none, or they are known.</summary>
    public static string HintOf(EventRelation table)
    {
        if (
            table.Columns.Properties is not null
            || FileColumnRole.LikelyProperties(table.Relation.Schema.Columns.Select(column => column.Name))
                is not { } column
        )
        {
            return "";
        }

        return table.Relation.File is not null
            ? $" The keys of the JSON in '{column}' are read with --columns properties={column}."
            : $" The keys of the JSON in '{column}' are read where sluice.yaml names it: events: {{{table.Relation.Table.Name}: {{properties: {column}}}}}.";
    }

    /// <summary>The expression of its value, as JSON text: the one form that values of all columns and keys have.</summary>
    public static string Sql(EventRelation table, string name)
    {
        if (table.Relation.Schema.Find(name) is { } column)
        {
            var quoted = SqlIdentifier.Quote(column.Name);
            var json = $"cast(to_json({quoted}) as varchar)";
            // What is no number has no JSON.
            return column.Type.Kind is ColumnKind.Double or ColumnKind.Float
                ? $"case when isfinite({quoted}) then {json} end"
                : json;
        }

        if (table.Columns.Properties is not { } properties)
        {
            return "cast(null as varchar)";
        }

        var document = SqlIdentifier.Quote(properties);
        // A JSON pointer: any key can be written in it.
        var pointer =
            "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return $"case when json_valid({document}) then cast(json_extract({document}, {SqlIdentifier.Literal(pointer)}) as varchar) end";
    }
}
