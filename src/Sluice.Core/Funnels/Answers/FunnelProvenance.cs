using Sluice.Core.Tables;

namespace Sluice.Core.Funnels.Answers;

/// <summary>What an answer was computed from, and how: with it the answer can be had again.</summary>
public sealed record FunnelProvenance
{
    /// <summary>The number of the rules in docs/semantics.md; it changes when an answer would.</summary>
    public const int CurrentSemantics = 1;

    /// <summary>The build; null for a file.</summary>
    public long? Build { get; init; }

    /// <summary>The local date of the build's interval; null for a file.</summary>
    public DateOnly? LogicalDate { get; init; }

    /// <summary>The versions of the tables read.</summary>
    public IReadOnlyDictionary<TableId, long> Tables { get; init; } = new Dictionary<TableId, long>();

    /// <summary>The file; null for a build.</summary>
    public string? File { get; init; }

    /// <summary>The journeys index that answered; null where SQL did.</summary>
    public string? Index { get; init; }

    /// <summary>SHA-256 of the funnel's definition, in hexadecimal.</summary>
    public required string Definition { get; init; }

    /// <summary>The rules that were applied.</summary>
    public int Semantics { get; init; } = CurrentSemantics;

    /// <summary>Events that were there.</summary>
    public required long Rows { get; init; }

    /// <summary>Units that were looked at: all of the index, else those with an event that the funnel looks at.</summary>
    public required long Units { get; init; }

    /// <summary>Events that belong to nobody, since their unit is null, and were left out.</summary>
    public required long EventsWithoutUnit { get; init; }

    /// <summary>Events without a time, which a funnel that asks about times left out.</summary>
    public required long EventsWithoutTime { get; init; }

    /// <summary>The instant up to which events are complete, in microseconds; null without events.</summary>
    public required long? WatermarkMicros { get; init; }
}
