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
}
