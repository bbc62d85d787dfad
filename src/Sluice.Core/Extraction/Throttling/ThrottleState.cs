namespace Sluice.Core.Extraction.Throttling;

/// <summary>What a throttle does at a moment.</summary>
/// <param name="RowsPerSecond">The rate it allows; null for any.</param>
/// <param name="Reason">Why it pauses or slows down, in few words; null where it does neither.</param>
/// <param name="IsPaused">Whether nothing is read.</param>
/// <param name="Latency">What the last probe of the source took; null where there is none.</param>
/// <param name="Waited">How long pages have waited so far, over all sessions.</param>
public sealed record ThrottleState(
    double? RowsPerSecond = null,
    string? Reason = null,
    bool IsPaused = false,
    TimeSpan? Latency = null,
    TimeSpan Waited = default
);
