namespace Sluice.Core.Journeys.Indexes;

/// <summary>An index in the list of indexes.</summary>
/// <param name="Id">Its name.</param>
/// <param name="PublishedAt">When it appeared.</param>
public sealed record JourneyEntry(string Id, DateTimeOffset PublishedAt);
