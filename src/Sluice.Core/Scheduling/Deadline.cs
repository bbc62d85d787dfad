using Sluice.Core.Time;

namespace Sluice.Core.Scheduling;

/// <summary>When the run of an interval is expected to be done: at a time of the day, or so long after the interval's end.</summary>
public abstract record Deadline
{
    private Deadline() { }

    /// <summary>The first such local time at or after the end of the interval.</summary>
    public sealed record At(TimeOnly Time, TimeZoneInfo Zone) : Deadline;

    /// <summary>So long after the end of the interval.</summary>
    public sealed record After(TimeSpan Span) : Deadline;

    /// <summary>The instant for an interval.</summary>
    public DateTimeOffset Of(DataInterval interval)
    {
        if (this is not At at)
        {
            return interval.End + ((After)this).Span;
        }

        var end = TimeZoneInfo.ConvertTime(interval.End, at.Zone).DateTime;
        var day = DateOnly.FromDateTime(end).AddDays(at.Time < TimeOnly.FromDateTime(end) ? 1 : 0);
        var local = day.ToDateTime(at.Time);
        // A time that a change of clocks leaves out comes with the change.
        while (at.Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, at.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
