namespace Sluice.Core.Funnels.Answers;

/// <summary>The funnel of one period, as if it were asked of entries in it alone: a unit is counted once in each.</summary>
/// <param name="Start">The period's first day.</param>
/// <param name="Steps">The counts of the period.</param>
public sealed record FunnelPeriod(DateOnly Start, FunnelSegment Steps);
