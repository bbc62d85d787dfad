namespace Sluice.Core.Journeys.Indexes;

/// <summary>How an index is built.</summary>
public sealed record JourneyOptions
{
    /// <summary>Events of a shard: what the building holds in memory at a time.</summary>
    /// <value>4,194,304 by default.</value>
    public int ShardEvents { get; init; } = 1 << 22;

    /// <summary>Overlays on a full build; the next one is a full build.</summary>
    /// <value>8 by default.</value>
    public int MostOverlays { get; init; } = 8;

    /// <summary>
    /// The rows of files that came and went, of the rows of both tables, that are compared to find who changed; where there are
    /// more, all is built anew, which then takes no longer.
    /// </summary>
    /// <value>1 by default.</value>
    public double MostCompared { get; init; } = 1;

    /// <summary>The part of the users that overlays may hold, and lanes that may lie idle; with more, all is built anew.</summary>
    /// <value>0.2 by default.</value>
    public double MostInOverlays { get; init; } = 0.2;
}
