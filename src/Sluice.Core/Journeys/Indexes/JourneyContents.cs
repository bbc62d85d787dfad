namespace Sluice.Core.Journeys.Indexes;

/// <summary>What an index says of itself beside its shards.</summary>
public sealed record JourneyContents
{
    /// <summary>Its name, which follows from what went into it: equal names mean equal journeys.</summary>
    public required string Id { get; init; }

    /// <summary>What the event table held.</summary>
    public required JourneySummary Summary { get; init; }

    /// <summary>The names of events.</summary>
    public required JourneyNames Names { get; init; }

    /// <summary>The properties of users, in the order of the shards' columns.</summary>
    public required IReadOnlyList<JourneyProperty> Properties { get; init; }

    /// <summary>The properties that it does not have.</summary>
    public required IReadOnlyList<JourneyLeftOut> LeftOut { get; init; }
}
