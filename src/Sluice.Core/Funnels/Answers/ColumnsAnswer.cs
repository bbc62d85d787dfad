namespace Sluice.Core.Funnels.Answers;

/// <summary>What a funnel counted over columns.</summary>
/// <param name="Total">Counts, times and intervals per step.</param>
/// <param name="Units">Units in the columns.</param>
/// <param name="Excluded">Units that left the funnel at every step, since an excluded event lies in their attempt.</param>
public sealed record ColumnsAnswer(FunnelSegment Total, int Units, long Excluded);
