namespace Sluice.Core.Funnels;

/// <summary>What a funnel counted, in a canonical order: the same build gives the same answer again.</summary>
public sealed record FunnelAnswer
{
    /// <summary>The funnel.</summary>
    public required FunnelDefinition Funnel { get; init; }

    /// <summary>The build it was computed from.</summary>
    public required long Build { get; init; }

    /// <summary>The whole, without breakdown.</summary>
    public required FunnelSegment Total { get; init; }

    /// <summary>The segments by their values; empty without breakdown.</summary>
    public required IReadOnlyList<FunnelSegment> Segments { get; init; }

    /// <summary>Segments that were summed up as "other" because of the limit; 0 when all are shown.</summary>
    public required int OtherSegments { get; init; }

    /// <summary>Events that belong to nobody (the unit is null) and were left out.</summary>
    public required long EventsWithoutUnit { get; init; }

    /// <summary>Events without a time, which a funnel that asks about times left out.</summary>
    public required long EventsWithoutTime { get; init; }
}
