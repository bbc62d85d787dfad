namespace Sluice.Core.Funnels;

/// <summary>What decides whether a unit's events make an attempt, apart from their order.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="WindowMicros">Time from the entry within which a step counts, the end included; null means without bound.</param>
/// <param name="FromMicros">The first instant at which an attempt may begin.</param>
/// <param name="ToMicros">The first instant at which no attempt may begin any more.</param>
/// <param name="LateSteps">Whether a later step counts at or after <paramref name="ToMicros"/>.</param>
public sealed record FunnelRules(
    IReadOnlyList<FunnelStep> Steps,
    long? WindowMicros = null,
    long FromMicros = long.MinValue,
    long ToMicros = long.MaxValue,
    bool LateSteps = true
)
{
    /// <summary>Whether an attempt may begin at that time.</summary>
    public bool MayBegin(long micros) => micros >= FromMicros && micros < ToMicros;

    /// <summary>Whether a step may be taken at that time by an attempt that began at <paramref name="entry"/>.</summary>
    // The difference cannot overflow where it is used: no event lies before its entry, and times are within year 1 to 9999.
    public bool MayTake(long entry, long micros) =>
        (WindowMicros is null || micros - entry <= WindowMicros) && (LateSteps || micros < ToMicros);
}
