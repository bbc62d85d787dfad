namespace Sluice.Core.Reconciling;

/// <summary>How a log of changes differed from its source, and whether it was repaired.</summary>
/// <param name="SourceRows">Rows of the source.</param>
/// <param name="LakeRows">Current rows of the log.</param>
/// <param name="Missing">Rows that the log lacked.</param>
/// <param name="Changed">Rows that were another in the source; null where only keys were compared.</param>
/// <param name="Deleted">Rows that the source no longer has.</param>
/// <param name="Version">The version that repaired it; null where nothing was written.</param>
public sealed record ReconcileOutcome(
    long SourceRows,
    long LakeRows,
    long Missing,
    long? Changed,
    long Deleted,
    long? Version
)
{
    /// <summary>Whether the log was the source.</summary>
    public bool IsEqual => Missing == 0 && Changed is null or 0 && Deleted == 0;
}
