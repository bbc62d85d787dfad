using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Core.Scheduling.Timetables;

namespace Sluice.Core.Scheduling.Airflow;

/// <summary>What Airflow cannot do, or does otherwise.</summary>
internal static partial class AirflowLimits
{
    /// <summary>The parameters by which a DAG without schedule is told its interval.</summary>
    public static readonly string[] IntervalParams = ["interval_start", "interval_end"];

    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    public static IEnumerable<Diagnostic> Problems(DagDefinition dag)
    {
        if (dag.Timetable is CronTimetable && Cron(dag.Timetable.Text) is { } expression)
        {
            yield return Problem(
                dag,
                $"Airflow does not read '{expression}' of the schedule '{dag.Timetable.Text}' as it is meant.",
                "Write it without W, L- and ranges that go backwards."
            );
        }

        // Airflow counts from the epoch, unless it catches up from the start date.
        if (
            dag.Timetable is SpanTimetable span
            && !dag.Catchup
            && (span.Start - DateTimeOffset.UnixEpoch).Ticks % span.Length.Ticks != 0
        )
        {
            yield return Problem(
                dag,
                $"Airflow counts intervals of {span.Text} from 1970-01-01 UTC, and the start_date is none of their ends.",
                "Give it another start_date, or catchup: true, or write the schedule as a cron expression."
            );
        }

        foreach (
            var name in IntervalParams.Where(name => dag.Timetable is ManualTimetable && dag.Params.ContainsKey(name))
        )
        {
            yield return Problem(
                dag,
                $"the parameter '{name}' is what Airflow will ask for the interval by.",
                "Give it another name."
            );
        }
    }

    private static Diagnostic Problem(DagDefinition dag, string message, string hint) =>
        new("sluice.yaml", 0, $"{dag.Id}: {message}", hint);

    // Airflow's croniter knows L as a day of the month alone.
    private static string? Cron(string text) =>
        text.StartsWith('@') ? null
        : Nearby().Match(text) is { Success: true } found ? found.Value
        : Range()
            .Matches(text)
            .FirstOrDefault(range => Number(range.Groups["from"].Value) > Number(range.Groups["to"].Value))
            ?.Value;

    private static int Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : Array.IndexOf(Days, text.ToUpperInvariant());

    [GeneratedRegex(
        @"\b(\d+W|LW|L-\d+W?|(\d|[A-Z]{3})L)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Nearby();

    [GeneratedRegex(
        @"(?<from>\d+|[A-Z]{3})-(?<to>\d+|[A-Z]{3})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Range();
}
