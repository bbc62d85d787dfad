namespace Sluice.Core.Funnels.Evaluation;

/// <summary>A chain of the steps from the first to some other.</summary>
/// <param name="FirstEvent">The place of its first event in the unit's events.</param>
/// <param name="FirstMicros">The time of that event, from which the window counts.</param>
/// <param name="LastMicros">The time of its last event.</param>
internal readonly record struct FunnelChain(int FirstEvent, long FirstMicros, long LastMicros);
