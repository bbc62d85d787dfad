using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Questions;

/// <summary>A funnel held against where it is asked: what must be read, and how it is broken down.</summary>
internal sealed record FunnelPlan
{
    private FunnelPlan() { }

    public required FunnelDefinition Funnel { get; init; }

    public required FunnelSource Source { get; init; }

    public required FunnelRules Rules { get; init; }

    /// <summary>Whether the reference evaluator counts, in place of the fast one.</summary>
    public bool ByReference { get; init; }

    /// <summary>The breakdowns, in the order written.</summary>
    public required IReadOnlyList<ResolvedBreakdown> By { get; init; }

    /// <summary>The properties of events that are read: those held, then those broken down by.</summary>
    public required IReadOnlyList<string> EventProperties { get; init; }

    /// <summary>The properties of users that are read.</summary>
    public required IReadOnlyList<string> UserProperties { get; init; }

    /// <summary>Whether times matter: then an event without one is left out.</summary>
    public bool AsksTimes => Funnel.AsksTimes;

    /// <summary>Whether a breakdown takes a property of events.</summary>
    public bool HasEventBreakdown => By.Any(breakdown => breakdown.Of == BreakdownOf.Event);

    /// <summary>Whether one unit can stand in several segments.</summary>
    public bool MayOverlap => HasEventBreakdown && Funnel.Attribution.MayOverlap;

    /// <summary>The columns of <see cref="EventQuery"/> with the values held.</summary>
    public IReadOnlyList<int> HoldColumns => [.. Funnel.Hold.Select(ColumnOf)];

    /// <summary>The columns of <see cref="EventQuery"/> with the values broken down by.</summary>
    public IReadOnlyList<int> ValueColumns =>
        [
            .. By.Where(breakdown => breakdown.Of == BreakdownOf.Event)
                .Select(breakdown => ColumnOf(breakdown.Breakdown.Property)),
        ];

    /// <summary>Makes what counts a unit; its outcomes are valid until its next call.</summary>
    public Func<IReadOnlyList<FunnelEvent>, UnitOutcome> NewEvaluator() =>
        ByReference ? events => FunnelEvaluator.Evaluate(events, Rules) : new UnitEvaluator(Rules).Evaluate;

    /// <summary>Finds what the funnel asks for.</summary>
    /// <exception cref="DefinitionException">It asks for what is not there.</exception>
    public static FunnelPlan Of(FunnelDefinition funnel, FunnelSource source)
    {
        FunnelCheck.Columns(funnel, source);
        FilterCheck.ThrowIfUnlike(funnel, source);
        var by = new List<ResolvedBreakdown>();
        var (events, users) = (0, 0);
        foreach (var breakdown in funnel.By)
        {
            var of = FunnelCheck.OwnerOf(breakdown, funnel, source);
            FunnelCheck.ThrowIfRepeated(breakdown, of, by, funnel, source);
            by.Add(
                new(
                    breakdown,
                    of,
                    of switch
                    {
                        BreakdownOf.Event => events++,
                        BreakdownOf.User => users++,
                        _ => 0,
                    }
                )
            );
        }

        return new()
        {
            Funnel = funnel,
            Source = source,
            Rules = FunnelRules.Of(funnel, source.Zone),
            By = by,
            EventProperties =
            [
                .. funnel.Hold.Concat(PropertiesOf(by, BreakdownOf.Event)).Distinct(StringComparer.Ordinal),
            ],
            UserProperties = [.. PropertiesOf(by, BreakdownOf.User)],
        };
    }

    private static IEnumerable<string> PropertiesOf(IEnumerable<ResolvedBreakdown> by, BreakdownOf of) =>
        by.Where(breakdown => breakdown.Of == of).Select(breakdown => breakdown.Breakdown.Property);

    private int ColumnOf(string property) =>
        EventQuery.FirstWord + EventMatch.WordsOf(Funnel) + EventProperties.ToList().IndexOf(property);
}
