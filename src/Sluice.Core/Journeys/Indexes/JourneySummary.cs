namespace Sluice.Core.Journeys.Indexes;

/// <summary>What the event table held when the index was built.</summary>
/// <param name="Rows">All rows.</param>
/// <param name="WithoutUnit">Rows whose unit is null; not indexed.</param>
/// <param name="WithoutTime">Rows of units whose time is null or infinite; not indexed.</param>
/// <param name="OutsideCalendar">Rows of units whose time is before year 1 or after year 9999; not indexed, so that with any of them only the table can answer.</param>
/// <param name="FirstMicros">The earliest time of all rows; null without times.</param>
/// <param name="LastMicros">The latest time of all rows; null without times.</param>
public sealed record JourneySummary(
    long Rows,
    long WithoutUnit,
    long WithoutTime,
    long OutsideCalendar,
    long? FirstMicros,
    long? LastMicros
)
{
    /// <summary>Events in the index.</summary>
    public long Events => Rows - WithoutUnit - WithoutTime - OutsideCalendar;

    /// <summary>Of both together.</summary>
    public static JourneySummary operator +(JourneySummary left, JourneySummary right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(
            left.Rows + right.Rows,
            left.WithoutUnit + right.WithoutUnit,
            left.WithoutTime + right.WithoutTime,
            left.OutsideCalendar + right.OutsideCalendar,
            Least(left.FirstMicros, right.FirstMicros),
            -Least(-left.LastMicros, -right.LastMicros)
        );
    }

    private static long? Least(long? one, long? other) =>
        one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
}
