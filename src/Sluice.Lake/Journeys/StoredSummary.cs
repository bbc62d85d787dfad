namespace Sluice.Lake.Journeys;

/// <summary>What the event table held.</summary>
internal sealed record StoredSummary(
    long Rows,
    long WithoutUnit,
    long WithoutTime,
    long OutsideCalendar,
    long? FirstMicros,
    long? LastMicros
);
