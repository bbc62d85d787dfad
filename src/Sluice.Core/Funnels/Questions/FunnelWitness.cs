namespace Sluice.Core.Funnels.Questions;

/// <summary>How one unit was counted, event by event.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Verdict">The result in a sentence.</param>
/// <param name="Events">All its events, by time.</param>
public sealed record FunnelWitness(string Unit, string Verdict, IReadOnlyList<WitnessedEvent> Events);
