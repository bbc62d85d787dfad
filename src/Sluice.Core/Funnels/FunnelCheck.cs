using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Funnels;

/// <summary>Holds a funnel against what the project and its tables have.</summary>
internal static class FunnelCheck
{
    /// <summary>Looks at the funnel alone.</summary>
    /// <exception cref="DefinitionException">It asks for what cannot be answered.</exception>
    public static void Definition(FunnelDefinition funnel, ProjectDefinition project)
    {
        if (funnel.By.Count == 0)
        {
            return;
        }

        if (project.Users is null)
        {
            throw new DefinitionException(
                $"The funnel '{funnel.Name}' has a breakdown, but sluice.yaml does not say where users are.",
                "Add for example: users: {table: dim_user, key: user_id}"
            );
        }

        if (funnel.Unit is not (null or "user"))
        {
            throw new DefinitionException(
                $"The funnel '{funnel.Name}' counts by {funnel.Unit}: a breakdown by properties of users is not supported there by this version.",
                "Count users (unit: user), or ask without 'by' (--by none)."
            );
        }
    }

    /// <summary>Looks at the tables it reads.</summary>
    /// <exception cref="DefinitionException">A column is missing, or times are asked of a table that has none.</exception>
    public static void Tables(FunnelDefinition funnel, ProjectDefinition project, IReadOnlyList<SqlRelation> relations)
    {
        if (funnel.By.Count > 0)
        {
            var users = relations.First(relation => relation.Table.Name == project.Users!.Table).Schema;
            foreach (var property in funnel.By.Select(breakdown => breakdown.Property))
            {
                var column =
                    users.Find(property)
                    ?? throw new DefinitionException(
                        $"The funnel '{funnel.Name}' is broken down by '{property}', which {project.Users!.Table} does not have.",
                        Nearest.Suggest(property, users.Columns.Select(known => known.Name))
                    );
                if (column.Type.Kind == ColumnKind.Binary)
                {
                    throw new DefinitionException(
                        $"The funnel '{funnel.Name}' is broken down by '{property}', which holds bytes."
                    );
                }
            }
        }

        foreach (var table in funnel.EventTable is { } own ? [own] : funnel.StepTables.Values)
        {
            Columns(funnel, project, relations.First(relation => relation.Table.Name == table));
        }

        if (funnel is { Order: FunnelOrder.Open, Window: null, From: null, To: null })
        {
            return;
        }

        foreach (var table in funnel.EventTable is { } one ? [one] : funnel.StepTables.Values)
        {
            if (!project.Events.TryGetValue(table, out var columns) || columns.Time is null)
            {
                throw new DefinitionException(
                    $"The funnel '{funnel.Name}' asks about times, and {table} has none.",
                    $"Use order: open without window, from and to; or name the column in sluice.yaml: events: {{{table}: {{time: …}}}}"
                );
            }
        }
    }

    private static void Columns(FunnelDefinition funnel, ProjectDefinition project, SqlRelation relation)
    {
        var columns = FunnelQuery.ColumnsOf(relation.Table.Name, project);
        var names = new List<string> { FunnelQuery.UnitColumn(funnel, columns) };
        names.AddRange(funnel.EventTable is null ? [] : [columns.Event]);
        names.AddRange(columns.Time is null ? [] : [columns.Time]);
        if (names.Find(name => relation.Schema.Find(name) is null) is { } missing)
        {
            throw new DefinitionException(
                $"The funnel '{funnel.Name}' reads the column '{missing}', which {relation.Table.Name} does not have.",
                Nearest.Suggest(missing, relation.Schema.Columns.Select(column => column.Name))
            );
        }

        if (
            columns.Time is { } time
            && relation.Schema.Find(time)!.Type.Kind is not (ColumnKind.Timestamp or ColumnKind.Date)
        )
        {
            throw new DefinitionException(
                $"The column '{time}' of {relation.Table.Name} is no time but a {relation.Schema.Find(time)!.Type}.",
                "Cast it in the model: cast(… as timestamp)."
            );
        }
    }
}
