using System.Globalization;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling;

/// <summary>The interval of a DAG that a date names.</summary>
public static class IntervalOnDate
{
    /// <summary>The interval that starts on a date of the DAG's zone; of a DAG without a schedule, the day.</summary>
    /// <param name="dag">The DAG.</param>
    /// <param name="date">The date.</param>
    /// <exception cref="DefinitionException">None starts on it, or several do.</exception>
    public static DataInterval Find(DagDefinition dag, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(dag);
        if (dag.Timetable is ManualTimetable)
        {
            return DataInterval.OfDay(date, dag.TimeZone);
        }

        var found = dag.Timetable.FirstFrom(DataInterval.StartOf(date, dag.TimeZone));
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
