using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Timetables;

/// <summary>No schedule: a DAG that runs when it is triggered, each time for an interval that is named then.</summary>
public sealed class ManualTimetable : Timetable
{
    private ManualTimetable() { }

    /// <summary>The only one.</summary>
    public static ManualTimetable Instance { get; } = new();

    /// <inheritdoc/>
    public override string Text => "none";

    /// <inheritdoc/>
    public override DataInterval? FirstFrom(DateTimeOffset instant) => null;

    /// <inheritdoc/>
    public override DataInterval? Containing(DateTimeOffset instant) => null;
}
