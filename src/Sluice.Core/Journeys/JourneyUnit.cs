namespace Sluice.Core.Journeys;

/// <summary>The unit in which a shard keeps times; the value is its length in microseconds.</summary>
public enum JourneyUnit
{
    /// <summary>Microseconds, the unit of an event's time.</summary>
    Microseconds = 1,

    /// <summary>Milliseconds.</summary>
    Milliseconds = 1_000,

    /// <summary>Seconds.</summary>
    Seconds = 1_000_000,
}
