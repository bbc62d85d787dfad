using System.Globalization;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling;

/// <summary>The interval of a DAG that a date names.</summary>
public static class IntervalOnDate
{
    // A timetable may have a zone of its own, and no two zones are farther apart.
    private static readonly TimeSpan Earlier = TimeSpan.FromHours(26);

    /// <summary>The interval that starts on a local date; of a DAG without a schedule, the day.</summary>
    /// <param name="dag">The DAG.</param>
    /// <param name="date">The date.</param>
    /// <param name="zone">The project's time zone.</param>
    /// <exception cref="DefinitionException">None starts on it, or several do.</exception>
    public static DataInterval Find(DagDefinition dag, DateOnly date, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(dag);
        if (dag.Timetable is ManualTimetable)
        {
            return DataInterval.OfDay(date, zone);
        }

        var found = dag.Timetable.FirstFrom(DataInterval.StartOf(date, zone) - Earlier);
        while (found is { } before && before.LogicalDate < date)
        {
            found = dag.Timetable.FirstFrom(before.End);
        }

        var text = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (found is not { } first || first.LogicalDate != date)
        {
            throw new DefinitionException(
                $"No interval of {dag.Id} ({dag.Timetable.Text}) starts on {text}.",
                found is { } next ? $"The next one is {next}: --date {next.Ds}." : null
            );
        }

        return dag.Timetable.FirstFrom(first.End) is { } second && second.LogicalDate == date
            ? throw new DefinitionException(
                $"Several intervals of {dag.Id} ({dag.Timetable.Text}) start on {text}.",
                $"Name one of them: --interval {first}, --interval {second} and so on."
            )
            : first;
    }
}
