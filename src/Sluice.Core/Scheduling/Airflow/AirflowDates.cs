using System.Globalization;
using Sluice.Core.Scheduling.Timetables;

namespace Sluice.Core.Scheduling.Airflow;

/// <summary>Which logical date of another DAG a sensor waits for, as a function of its own, in Python.</summary>
internal static class AirflowDates
{
    /// <summary>The function, a lambda.</summary>
    /// <param name="wait">The wait; it does not mean the same logical date.</param>
    /// <param name="other">The DAG that it waits for, which has a schedule.</param>
    /// <param name="schedule">That schedule in Python.</param>
    public static string Function(TaskWork.WaitFor wait, DagDefinition other, string schedule)
    {
        var isContaining = wait.Match == WaitMatch.Containing;
        var (arguments, instant) = isContaining
            ? ("logical_date", "pendulum.instance(logical_date)")
            : ("logical_date, data_interval_end", "pendulum.instance(data_interval_end)");
        var at = wait.Offset == TimeSpan.Zero ? instant : $"{instant} - {PythonLiteral.Span(wait.Offset)}";
        return $"lambda {arguments}, **_: {(other.Timetable is SpanTimetable span ? OfSpan(span, at, isContaining) : OfCron(schedule, at, isContaining))}";
    }

    // The interval of a manual run is the last that is over: where it ends, the one begins in which the instant lies.
    private static string OfCron(string schedule, string at, bool isContaining) =>
        $"{schedule}.infer_manual_data_interval(run_after={at}).{(isContaining ? "end" : "start")}";

    private static string OfSpan(SpanTimetable span, string at, bool isContaining)
    {
        var (start, length) = (Seconds(span.Start - DateTimeOffset.UnixEpoch), Seconds(span.Length));
        var number = $"(({at}).timestamp() - {start}) // {length}";
        return $"pendulum.from_timestamp({start} + ({number}{(isContaining ? "" : " - 1")}) * {length})";
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
