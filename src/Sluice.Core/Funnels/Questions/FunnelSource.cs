using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Where the events and users of a funnel come from, resolved to columns that are there.</summary>
public sealed record FunnelSource
{
    /// <summary>The tables with its events; several where each step has one of its own.</summary>
    public required IReadOnlyList<EventRelation> Events { get; init; }

    /// <summary>The users' properties; null where there are none.</summary>
    public UserRelation? Users { get; init; }

    /// <summary>The zone of dates and periods.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The instant up to which events are complete; null where only the latest event tells.</summary>
    public long? WatermarkMicros { get; init; }

    /// <summary>The instant after which nothing can have been seen: the publication of the build. Null where that is not known.</summary>
    public long? PublishedMicros { get; init; }

    /// <summary>
    /// The instant up to which events were seen. A whole copy has what came between the end of its interval and the copying, too; a
    /// time after the publication is a wrong clock.
    /// </summary>
    /// <param name="lastMicros">The latest event; null without events.</param>
    public long? SeenTo(long? lastMicros) =>
        WatermarkMicros is not { } complete ? lastMicros
        : lastMicros is { } last && PublishedMicros is { } published ? Math.Max(complete, Math.Min(last, published))
        : complete;

    /// <summary>The journeys index of the event table; null where the build has none.</summary>
    public string? Index { get; init; }

    /// <summary>Whether the index belongs to a build whose index stays, so that one that is not there was lost.</summary>
    public bool KeepsIndex { get; init; }

    /// <summary>What the answer says of its origin.</summary>
    public required SourceProvenance Provenance { get; init; }

    /// <summary>All relations that statements read.</summary>
    public IReadOnlyList<SqlRelation> Relations =>
        [
            .. Events
                .Select(events => events.Relation)
                .Concat(Users is null ? [] : [Users.Relation])
                .DistinctBy(relation => relation.Table),
        ];
}
