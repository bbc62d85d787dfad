using Sluice.Core.Builds;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Funnels;

/// <summary>Answers a funnel from the tables of one build. Thread safe.</summary>
/// <param name="store">The lake.</param>
/// <param name="engine">Brings the events, ordered by unit; the counting is done here.</param>
/// <param name="project">Says how event tables are read.</param>
public sealed class FunnelQuestion(ITableStore store, ISqlEngine engine, ProjectDefinition project)
{
    /// <summary>Counts the units of each step and segment.</summary>
    /// <exception cref="DefinitionException">The funnel asks for what the project does not have.</exception>
    /// <exception cref="PipelineException">A table is damaged or not in the build.</exception>
    public async Task<FunnelAnswer> AskAsync(
        FunnelDefinition funnel,
        Build build,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(funnel);
        ArgumentNullException.ThrowIfNull(build);
        FunnelCheck.Definition(funnel, project);
        var relations = new List<SqlRelation>();
        foreach (var name in FunnelQuery.TablesOf(funnel, project.Users))
        {
            relations.Add(await RelationAsync(funnel, name, build, cancellationToken));
        }

        FunnelCheck.Tables(funnel, project, relations);
        if (funnel.By.Count > 0)
        {
            await CheckUsersAsync(project.Users!, relations, cancellationToken);
        }

        var query = new SqlQuery(FunnelQuery.Text(funnel, project), relations) { Subject = $"funnel {funnel.Name}" };
        await using var result = await engine.QueryAsync(query, cancellationToken);
        var count = new FunnelCount(funnel, RulesOf(funnel));
        await foreach (var unit in UnitEvents.ReadAsync(result, funnel.By.Count, cancellationToken))
        {
            count.Add(unit);
        }

        return count.ToAnswer(build.Number);
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

    private async Task CheckUsersAsync(
        UserTable users,
        List<SqlRelation> relations,
        CancellationToken cancellationToken
    )
    {
        var query = new SqlQuery(FunnelQuery.RepeatedUsers(users), relations)
        {
            Subject = $"the check of {users.Table}",
        };
        await using var result = await engine.QueryAsync(query, cancellationToken);
        await result.ReadAsync(cancellationToken);
        var repeated = Convert.ToInt64(result.Rows.GetValue(0), System.Globalization.CultureInfo.InvariantCulture);
        if (repeated > 0)
        {
            throw new PipelineException(
                $"{users.Table} has several rows for {repeated} values of {users.Key}: their events would count several times."
            )
            {
                Hint = "Make the model give one row per user.",
            };
        }
    }

    private FunnelRules RulesOf(FunnelDefinition funnel) =>
        new(
            funnel.Steps,
            funnel.Window is { } window ? (long)window.TotalMicroseconds : null,
            funnel.From is { } from ? StartOf(from) : long.MinValue,
            funnel.To is { } to ? StartOf(to) : long.MaxValue,
            funnel.LateSteps
        );

    private long StartOf(DateOnly date) => Micros.From(DataInterval.OfDay(date, project.TimeZone).Start);
}
