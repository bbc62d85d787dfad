namespace Sluice.Core.Funnels;

/// <summary>Events that must not lie between two steps of an attempt.</summary>
/// <param name="Events">The events.</param>
/// <param name="After">The step after which they taint the attempt, from 1.</param>
/// <param name="Before">The step before which they do, above <paramref name="After"/>; where it is never reached, up to the window's end.</param>
public sealed record FunnelExclusion(EventSelector Events, int After, int Before);
