namespace Sluice.Core.Extraction.Throttling;

/// <summary>How fast a source may be read, and when. What is null or empty is not limited.</summary>
public sealed record ThrottleSettings
{
    /// <summary>Most sessions at once that read rows. Who opens the sessions keeps to it; the session that watches the source is one more.</summary>
    public int MaxConnections { get; init; } = 1;

    /// <summary>Most rows per second, over all sessions.</summary>
    public long? MaxRowsPerSecond { get; init; }

    /// <summary>Most bytes per second, over all sessions, as they lie in memory.</summary>
    public long? MaxBytesPerSecond { get; init; }

    /// <summary>
    /// Times of day in which rows may be read; empty for any time. The end is not inside; one before its beginning is on the
    /// next day, and equal ones are the whole day.
    /// </summary>
    public IReadOnlyList<(TimeOnly From, TimeOnly To)> Hours { get; init; } = [];

    /// <summary>The zone of the hours.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>A statement that gives a number; above 0, reading pauses.</summary>
    public string? Query { get; init; }

    /// <summary>Absolute path of a file; while it is there, reading pauses.</summary>
    public string? FlagFile { get; init; }

    /// <summary>Statements at work in the source above which reading pauses.</summary>
    public int? MaxRunningThreads { get; init; }

    /// <summary>Statements at work in the source above which the extract ends, if two looks in a row find them; at the first it pauses.</summary>
    public int? CriticalRunningThreads { get; init; }

    /// <summary>How far a replica may be behind before reading pauses.</summary>
    public TimeSpan? MaxReplicaLag { get; init; }

    /// <summary>Whether the controller follows the source's latency.</summary>
    public bool IsAdaptive { get; init; } = true;

    /// <summary>Rows per second to which the controller never falls below, so that an extract always ends; a smaller budget still holds.</summary>
    public long FloorRowsPerSecond { get; init; } = 2_000;

    /// <summary>Whether nothing is limited and nothing watched.</summary>
    public bool IsFree =>
        !IsAdaptive
        && MaxRowsPerSecond is null
        && MaxBytesPerSecond is null
        && Hours.Count == 0
        && Query is null
        && FlagFile is null
        && MaxRunningThreads is null
        && CriticalRunningThreads is null
        && MaxReplicaLag is null;
}
