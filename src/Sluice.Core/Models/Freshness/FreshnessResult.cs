using Sluice.Core.Tables;

namespace Sluice.Core.Models.Freshness;

/// <summary>How fresh a raw table is.</summary>
/// <param name="Table">The table.</param>
/// <param name="Limits">What was asked of it.</param>
/// <param name="NewestMicros">The newest instant, microseconds since 1970 in UTC; null where there is no row.</param>
/// <param name="Age">How long that is ago; null where there is no row.</param>
public sealed record FreshnessResult(TableId Table, SourceFreshness Limits, long? NewestMicros, TimeSpan? Age)
{
    /// <summary>What that means. A table without a row is as old as can be.</summary>
    public FreshnessStatus Status =>
        Exceeds(Limits.ErrorAfter) ? FreshnessStatus.Error
        : Exceeds(Limits.WarnAfter) ? FreshnessStatus.Warn
        : FreshnessStatus.Pass;

    private bool Exceeds(TimeSpan? limit) => limit is { } most && (Age is not { } age || age > most);
}
