using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Timetables;

/// <summary>Intervals of one length, in elapsed time: Airflow's <c>DeltaDataIntervalTimetable</c>, but counted from a fixed start.</summary>
/// <param name="text">How the length was written.</param>
/// <param name="length">The length, above zero.</param>
/// <param name="start">The first instant of the first interval.</param>
/// <param name="zone">The zone of its logical dates.</param>
public sealed class SpanTimetable(string text, TimeSpan length, DateTimeOffset start, TimeZoneInfo zone) : Timetable
{
    /// <inheritdoc/>
    public override string Text => text;

    /// <summary>The first instant of the first interval.</summary>
    public DateTimeOffset Start => start;

    /// <summary>The length of each.</summary>
    public TimeSpan Length => length;

    /// <inheritdoc/>
    public override DataInterval? FirstFrom(DateTimeOffset instant)
    {
        var passed = Math.Max(0, (instant - start).Ticks);
        return Number((passed + length.Ticks - 1) / length.Ticks);
    }

    /// <inheritdoc/>
    public override DataInterval? Containing(DateTimeOffset instant) =>
        instant < start ? null : Number((instant - start).Ticks / length.Ticks);

    private DataInterval? Number(long number)
    {
        if (number > (DateTimeOffset.MaxValue - start).Ticks / length.Ticks - 1)
        {
            return null;
        }

        var first = start + (number * length);
        return new(first, first + length, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(first, zone).DateTime));
    }
}
