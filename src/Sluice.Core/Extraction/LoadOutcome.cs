using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Extraction;

/// <summary>What a load did.</summary>
/// <param name="AlreadyDone">The interval was loaded before, and nothing was changed.</param>
/// <param name="Rows">Rows of the interval.</param>
/// <param name="Version">The table's version that has them.</param>
/// <param name="Added">Columns that the table did not have before.</param>
/// <param name="Dropped">Columns that the source no longer has; null from now on.</param>
public sealed record LoadOutcome(
    bool AlreadyDone,
    long Rows,
    long Version,
    IReadOnlyList<Column> Added,
    IReadOnlyList<Column> Dropped
)
{
    /// <summary>Columns that became wider, in all rows.</summary>
    public IReadOnlyList<WidenedColumn> Widened { get; init; } = [];

    /// <summary>Whether there are no rows although the source should have some.</summary>
    public bool IsEmptyUnexpectedly { get; init; }

    /// <summary>When a transaction began that was open when the load began and may still add rows that no later load reads; null where there is none.</summary>
    public DateTimeOffset? OpenSince { get; init; }

    internal static LoadOutcome Done(TableSnapshot snapshot, DataInterval interval)
    {
        var files = snapshot.Files.Where(file => file.Interval == interval.Id);
        return new(AlreadyDone: true, files.Sum(file => file.Rows), snapshot.Version, [], []);
    }
}
