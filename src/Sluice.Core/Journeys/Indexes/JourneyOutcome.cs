namespace Sluice.Core.Journeys.Indexes;

/// <summary>What building an index did.</summary>
/// <param name="Id">The index.</param>
/// <param name="AlreadyDone">It was there before, and nothing was written.</param>
/// <param name="Events">Events in it.</param>
/// <param name="EventsWritten">Events of users that were written; fewer than all for an overlay.</param>
/// <param name="Note">Something the user should know; null where there is nothing.</param>
public sealed record JourneyOutcome(string Id, bool AlreadyDone, long Events, long EventsWritten, string? Note = null);
