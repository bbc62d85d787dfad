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

    /// <summary>The ranges of the key whose checksums were compared; 0 where all rows were compared one by one.</summary>
    public int Ranges { get; init; }

    /// <summary>The ranges whose checksums differed, so that their rows were compared.</summary>
    public int DifferentRanges { get; init; }

    /// <summary>Rows that were read from the source, and not only counted into a checksum by it.</summary>
    public long RowsRead { get; init; }

    /// <summary>Why rows were read that are equal; null where the source computed the checksums.</summary>
    public string? WhyRead { get; init; }

    /// <summary>This and what came of another part of the table.</summary>
    internal ReconcileOutcome With(ReconcileOutcome other) =>
        new(
            SourceRows + other.SourceRows,
            LakeRows + other.LakeRows,
            Missing + other.Missing,
            Changed + other.Changed,
            Deleted + other.Deleted,
            other.Version ?? Version
        )
        {
            Ranges = Ranges + other.Ranges,
            DifferentRanges = DifferentRanges + other.DifferentRanges,
            RowsRead = RowsRead + other.RowsRead,
            WhyRead = WhyRead,
        };
}
