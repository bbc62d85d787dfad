namespace Sluice.Core.Journeys.Indexes;

/// <summary>A property of users that the index does not have.</summary>
/// <param name="Name">The column.</param>
/// <param name="Reason">Why, as the end of a sentence: <c>it has more than 65,535 values</c>.</param>
public sealed record JourneyLeftOut(string Name, string Reason);
