namespace Sluice.Core.Funnels.Answers;

/// <summary>What a funnel counted, in a canonical order: the same build gives the same answer again.</summary>
public sealed record FunnelAnswer
{
    /// <summary>The funnel.</summary>
    public required FunnelDefinition Funnel { get; init; }

    /// <summary>The whole, without breakdown.</summary>
    public required FunnelSegment Total { get; init; }

    /// <summary>The segments by their values; empty without breakdown.</summary>
    public required IReadOnlyList<FunnelSegment> Segments { get; init; }

    /// <summary>The segments beyond the limit, summed up; null when all are shown.</summary>
    public required FunnelSegment? Other { get; init; }

    /// <summary>How many segments <see cref="Other"/> stands for.</summary>
    public required int OtherSegments { get; init; }

    /// <summary>Whether one unit can stand in several segments.</summary>
    public required bool SegmentsOverlap { get; init; }

    /// <summary>Units that left the funnel since an excluded event lies in their attempt; with every entry, attempts.</summary>
    public required long Excluded { get; init; }

    /// <summary>The funnel per entry period; empty where none was asked for.</summary>
    public IReadOnlyList<FunnelPeriod> Trend { get; init; } = [];

    /// <summary>The same funnel over the equally long range before; null where none was asked for.</summary>
    public FunnelAnswer? Before { get; init; }

    /// <summary>What may not be as it was meant: an event that never occurs.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What answered, and why.</summary>
    public required FunnelPath Path { get; init; }

    /// <summary>Where the answer comes from.</summary>
    public required FunnelProvenance Provenance { get; init; }
}
