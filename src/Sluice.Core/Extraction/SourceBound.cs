namespace Sluice.Core.Extraction;

/// <summary>
/// A place in the order in which a table is read: values of the first columns of that order, each as the source itself writes it.
/// Only the source that gave it can read it.
/// </summary>
/// <param name="Values">One text per column, at least one.</param>
/// <param name="IsInclusive">As a lower bound, whether the rows at it belong to the range.</param>
public sealed record SourceBound(IReadOnlyList<string> Values, bool IsInclusive)
{
    /// <inheritdoc/>
    public bool Equals(SourceBound? other) =>
        other is not null && IsInclusive == other.IsInclusive && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsInclusive, Values.Count, Values[0]);
}
