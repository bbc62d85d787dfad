namespace Sluice.Core.Models.Freshness;

/// <summary>Whether a raw table is as fresh as it must be.</summary>
public enum FreshnessStatus
{
    /// <summary>It is.</summary>
    Pass,

    /// <summary>It is older than <c>warn_after</c>.</summary>
    Warn,

    /// <summary>It is older than <c>error_after</c>.</summary>
    Error,
}
