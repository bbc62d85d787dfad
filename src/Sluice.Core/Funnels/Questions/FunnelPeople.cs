using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Drills down into a funnel: who came to a step, and how one unit was counted. Thread safe.</summary>
/// <param name="engine">Brings the events where the index cannot answer.</param>
/// <param name="journeys">The journeys indexes; null where there are none.</param>
public sealed class FunnelPeople(ISqlEngine engine, IJourneyStore? journeys = null)
{
    /// <summary>Lists the units that took a step, or those that took the one before and not it, in no particular order.</summary>
    /// <param name="funnel">The funnel.</param>
    /// <param name="source">Where its events are.</param>
    /// <param name="step">The step, from 1.</param>
    /// <param name="dropped">Whether those are meant who did not take it.</param>
    /// <param name="found">Told of each as it is found, by one thread at a time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DefinitionException">There is no such step.</exception>
    public async Task ListAsync(
        FunnelDefinition funnel,
        FunnelSource source,
        int step,
        bool dropped,
        Action<UnitLine> found,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(funnel);
        ArgumentNullException.ThrowIfNull(source);
        var first = dropped ? 2 : 1;
        if (step < first || step > funnel.Steps.Count)
        {
            throw new DefinitionException(
                FormattableString.Invariant(
                    $"The funnel '{funnel.Name}' has no step {step} that people could {(dropped ? "drop off before" : "come to")}."
                ),
                FormattableString.Invariant($"Give a step from {first} to {funnel.Steps.Count}.")
            );
        }

        var list = new UnitList(FunnelRules.Of(funnel, source.Zone), step, dropped, found);
        await new FunnelQuestion(engine, journeys).AskAsync(
            funnel with
            {
                By = [],
            },
            source,
            new(),
            list,
            cancellationToken
        );
    }

    /// <summary>Explains how a unit was counted; null where it has no events.</summary>
    public async Task<FunnelWitness?> WhyAsync(
        FunnelDefinition funnel,
        FunnelSource source,
        string unit,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(funnel);
        ArgumentNullException.ThrowIfNull(source);
        FunnelValidation.ThrowIfWrong(funnel);
        var plan = FunnelPlan.Of(funnel with { By = [] }, source);
        await FilterCheck.ThrowIfUnlikeAsync(engine, funnel, source, cancellationToken);
        var text = EventQuery.OfUnit(plan.Funnel, source, plan.EventProperties, unit);
        await using var result = await engine.QueryAsync(
            new SqlQuery(text, source.Relations) { Subject = $"funnel {funnel.Name}", ComparesChecksums = true },
            cancellationToken
        );
        var reader = new UnitReader(plan, users: null);
        var (events, rows) = (new List<FunnelEvent>(), new List<(string, string)>());
        var groups = new Dictionary<PropertyValues, int>();
        while (await result.ReadAsync(cancellationToken))
        {
            events.Add(reader.EventOf(result, groups));
            var last = result.Rows.FieldCount - 1;
            rows.Add((result.Rows.GetString(last - 1), result.Rows.GetString(last)));
        }

        return events.Count == 0 ? null : new Witness(plan).Of(new(unit, events, [], []), rows);
    }
}
