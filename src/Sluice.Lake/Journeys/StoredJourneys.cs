namespace Sluice.Lake.Journeys;

/// <summary>What <c>index.json</c> says. Keys are stable: add, never rename.</summary>
internal sealed record StoredJourneys
{
    public required string Id { get; init; }

    public required StoredSummary Summary { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    public required IReadOnlyList<string> RareNames { get; init; }

    public required bool MoreRareNames { get; init; }

    public required IReadOnlyList<StoredProperty> Properties { get; init; }

    public required IReadOnlyList<StoredLeftOut> LeftOut { get; init; }

    public required IReadOnlyList<StoredPart> Parts { get; init; }
}
