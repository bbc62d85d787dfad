using Sluice.Core.Builds;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Building;

/// <summary>Says what the index of an event table is built from.</summary>
internal static class JourneySources
{
    /// <summary>The source, or why there can be none.</summary>
    /// <param name="project">Says which columns are meant.</param>
    /// <param name="tables">The tables of models, by their names.</param>
    /// <param name="table">The event table, which is one of them.</param>
    public static (JourneySource? Source, string? Reason) Of(
        ProjectDefinition project,
        IReadOnlyDictionary<string, TableSnapshot> tables,
        string table
    )
    {
        var columns = project.Events[table];
        var snapshot = tables[table];
        var events = RelationOf(snapshot);
        var named = new[] { columns.User, columns.Time!, columns.Event };
        if (Array.Find(named, name => events.Schema.Find(name) is null) is { } missing)
        {
            return (null, $"{table} has no column '{missing}'");
        }

        var source = new JourneySource
        {
            Events = events,
            Incarnation = snapshot.Incarnation,
            Unit = events.Schema.Find(columns.User)!,
            Time = events.Schema.Find(columns.Time!)!,
            Name = events.Schema.Find(columns.Event)!,
            Users = UsersOf(project, tables),
        };
        return (source, null);
    }

    /// <summary>What a build's index was built from; null where the lake no longer has that, or the project means other columns since.</summary>
    public static async Task<JourneySource?> OfAsync(
        ProjectDefinition project,
        ITableStore store,
        Build build,
        string table,
        CancellationToken cancellationToken
    )
    {
        if (!build.Journeys.TryGetValue(table, out var index))
        {
            return null;
        }

        var tables = new Dictionary<string, TableSnapshot>(StringComparer.Ordinal);
        foreach (var name in new[] { table, project.Users?.Table }.OfType<string>())
        {
            if (
                build.Tables.ContainsKey(TableId.Mart(name))
                && await BuildSnapshot.FindAsync(store, build, TableId.Mart(name), cancellationToken) is { } snapshot
            )
            {
                tables[name] = snapshot;
            }
        }

        return tables.ContainsKey(table) && Of(project, tables, table).Source is { } source && source.Id == index
            ? source
            : null;
    }

    // Properties that change in time are looked up per entry, which a column per user cannot answer.
    private static JourneyUsers? UsersOf(ProjectDefinition project, IReadOnlyDictionary<string, TableSnapshot> tables)
    {
        if (
            project.Users is not { ValidFrom: null, ValidTo: null } users
            || !tables.TryGetValue(users.Table, out var table)
            || table.Schema.Find(users.Key) is not { } key
        )
        {
            return null;
        }

        return new(RelationOf(table), table.Incarnation, key);
    }

    private static SqlRelation RelationOf(TableSnapshot table) => new(table.Table, table.Schema, table.Files);
}
