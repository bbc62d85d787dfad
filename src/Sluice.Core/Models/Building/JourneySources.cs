using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Projects;

namespace Sluice.Core.Models.Building;

/// <summary>Says what the index of an event table is built from.</summary>
internal static class JourneySources
{
    /// <summary>The source, or why there can be none.</summary>
    public static (JourneySource? Source, string? Reason) Of(
        ProjectDefinition project,
        IReadOnlyDictionary<string, BuiltModel> built,
        string table
    )
    {
        var columns = project.Events[table];
        var (events, incarnation) = (built[table].AsRelation(), built[table].Snapshot.Incarnation);
        var named = new[] { columns.User, columns.Time!, columns.Event };
        if (Array.Find(named, name => events.Schema.Find(name) is null) is { } missing)
        {
            return (null, $"{table} has no column '{missing}'");
        }

        var source = new JourneySource
        {
            Events = events,
            Incarnation = incarnation,
            Unit = events.Schema.Find(columns.User)!,
            Time = events.Schema.Find(columns.Time!)!,
            Name = events.Schema.Find(columns.Event)!,
            Users = UsersOf(project, built),
        };
        return (source, null);
    }

    // Properties that change in time are looked up per entry, which a column per user cannot answer.
    private static JourneyUsers? UsersOf(ProjectDefinition project, IReadOnlyDictionary<string, BuiltModel> built)
    {
        if (
            project.Users is not { ValidFrom: null, ValidTo: null } users
            || !built.TryGetValue(users.Table, out var model)
            || model.Snapshot.Schema.Find(users.Key) is not { } key
        )
        {
            return null;
        }

        return new(model.AsRelation(), model.Snapshot.Incarnation, key);
    }
}
