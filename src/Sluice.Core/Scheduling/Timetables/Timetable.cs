using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Timetables;

/// <summary>The data intervals of a DAG: one after the other, none overlapping. A run of one can begin when it is over.</summary>
public abstract class Timetable
{
    /// <summary>How it was written: <c>0 2 * * *</c>, <c>@daily</c>, <c>6h</c>, <c>none</c>.</summary>
    public abstract string Text { get; }

    /// <summary>The first interval that begins at or after an instant; null where there is none.</summary>
    public abstract DataInterval? FirstFrom(DateTimeOffset instant);

    /// <summary>The interval in which an instant lies; null where it lies in none.</summary>
    public abstract DataInterval? Containing(DateTimeOffset instant);

    /// <summary>The last interval that is over at an instant; null where none is.</summary>
    public DataInterval? LastEndedBy(DateTimeOffset instant) =>
        Containing(instant) is not { } current ? null
        : current.End <= instant ? current
        : Containing(current.Start.AddTicks(-1));

    /// <summary>The interval that begins at an instant; null where none does.</summary>
    public DataInterval? StartingAt(DateTimeOffset instant) =>
        FirstFrom(instant) is { } first && first.Start == instant ? first : null;
}
