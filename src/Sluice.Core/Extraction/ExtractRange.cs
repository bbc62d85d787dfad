namespace Sluice.Core.Extraction;

/// <summary>A part of a table that one session reads from its beginning to its end, and how far it came.</summary>
/// <param name="Lower">Where the next page begins; null for the very beginning.</param>
/// <param name="Upper">Where the range ends; null for the very end.</param>
/// <param name="OnlyNulls">Whether it is the rows without a cursor.</param>
/// <param name="IsDone">Whether all of it is read.</param>
internal sealed record ExtractRange(
    SourceBound? Lower,
    SourceBound? Upper,
    bool OnlyNulls = false,
    bool IsDone = false
);
