namespace Sluice.Core.Funnels.Evaluation;

/// <summary>The two steps between which an excluded event taints an attempt.</summary>
/// <param name="After">The step after which it does, from 0.</param>
/// <param name="Before">The step before which it does, from 0, above <paramref name="After"/>.</param>
public readonly record struct ExclusionRange(int After, int Before);
