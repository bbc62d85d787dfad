namespace Sluice.Core.Funnels.Evaluation;

/// <summary>Where and why a mode of <c>window_funnel</c> ended the pass over a unit's events.</summary>
/// <param name="Micros">The instant.</param>
/// <param name="Places">The events that ended it, by their places among the unit's.</param>
/// <param name="Reason">Why.</param>
/// <param name="Step">The step that came too early or again, from 0; -1 where it was of none.</param>
internal sealed record PassEnd(long Micros, IReadOnlyList<int> Places, PassEndReason Reason, int Step);
