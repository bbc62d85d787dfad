namespace Sluice.Core.Extraction;

/// <summary>How busy a database is, as it tells itself. What it does not tell is null.</summary>
/// <param name="ReplicaLag">How far a replica is behind its primary.</param>
/// <param name="RunningThreads">Statements at work at this instant, without this session's own.</param>
/// <param name="WritePressure">A counter that grows only while the database cannot keep up with its writes.</param>
/// <param name="OldestTransaction">When the longest open transaction that writes began, by the database's clock.</param>
public sealed record SourceLoad(
    TimeSpan? ReplicaLag = null,
    int? RunningThreads = null,
    long? WritePressure = null,
    DateTimeOffset? OldestTransaction = null
);
