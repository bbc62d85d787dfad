using Sluice.Core.Builds;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Finds the tables of a funnel in a build.</summary>
/// <param name="store">The lake.</param>
/// <param name="project">Says how event tables are read.</param>
public sealed class BuildSource(ITableStore store, ProjectDefinition project)
{
    /// <summary>The tables that the funnel reads, as the build has them.</summary>
    /// <exception cref="DefinitionException">The build has no such table.</exception>
    /// <exception cref="PipelineException">The lake no longer has the version that the build names.</exception>
    public async Task<FunnelSource> ResolveAsync(
        FunnelDefinition funnel,
        Build build,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(funnel);
        ArgumentNullException.ThrowIfNull(build);
        var events = new List<EventRelation>();
        if (funnel.EventTable is { } table)
        {
            events.Add(new(await RelationAsync(funnel, table, build, cancellationToken), ColumnsOf(table)));
        }

        foreach (var (step, own) in funnel.StepTables.OrderBy(step => step.Key, StringComparer.Ordinal))
        {
            events.Add(new(await RelationAsync(funnel, own, build, cancellationToken), ColumnsOf(own), step));
        }

        var users =
            project.Users is { } columns && funnel.By.Any(IsOfUser)
                ? new UserRelation(await UsersAsync(funnel, columns, build, cancellationToken), columns)
                : null;
        return new()
        {
            Events = events,
            Users = users,
            Zone = project.TimeZone,
            Index = funnel.EventTable is { } indexed ? build.Journeys.GetValueOrDefault(indexed) : null,
            WatermarkMicros = Micros.From(build.Interval.End),
            PublishedMicros = Micros.From(build.CreatedAt),
            Provenance = new()
            {
                Build = build.Number,
                LogicalDate = build.Interval.LogicalDate,
                Tables = events
                    .Select(known => known.Relation.Table)
                    .Concat(users is null ? [] : [users.Relation.Table])
                    .Distinct()
                    .ToDictionary(known => known, known => build.Tables[known].Version),
            },
        };
    }

    private static bool IsOfUser(Breakdown breakdown) => breakdown.Of is BreakdownOf.Any or BreakdownOf.User;

    private EventTable ColumnsOf(string table) =>
        project.Events.TryGetValue(table, out var columns) ? columns : new EventTable();

    private async Task<SqlRelation> UsersAsync(
        FunnelDefinition funnel,
        UserTable users,
        Build build,
        CancellationToken cancellationToken
    )
    {
        var relation = await RelationAsync(funnel, users.Table, build, cancellationToken);
        foreach (var column in new[] { users.Key, users.ValidFrom, users.ValidTo }.OfType<string>())
        {
            if (relation.Schema.Find(column) is null)
            {
                throw new DefinitionException(
                    $"The section 'users' of sluice.yaml names the column '{column}', which {users.Table} does not have.",
                    Nearest.Suggest(column, relation.Schema.Columns.Select(known => known.Name))
                );
            }
        }

        return relation;
    }

    private async Task<SqlRelation> RelationAsync(
        FunnelDefinition funnel,
        string model,
        Build build,
        CancellationToken cancellationToken
    )
    {
        var table = TableId.Mart(model);
        if (!build.Tables.ContainsKey(table))
        {
            throw new DefinitionException(
                $"The funnel '{funnel.Name}' reads the model '{model}', which is not in the build.",
                Nearest.Suggest(model, build.Tables.Keys.Where(known => known.IsMart).Select(known => known.Name))
            );
        }

        var snapshot = await BuildSnapshot.ReadAsync(store, build, table, cancellationToken);
        return new SqlRelation(table, snapshot.Schema, snapshot.Files);
    }
}
