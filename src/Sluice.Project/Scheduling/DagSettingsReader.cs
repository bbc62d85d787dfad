using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Core.Time;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads what is written of a DAG besides its tasks.</summary>
internal static partial class DagSettingsReader
{
    private const int MostActiveRuns = 1_000;
    private const int MostActiveTasks = 10_000;

    /// <summary>The DAG with what is written over what it was, and a task without work that has what <c>default_args</c> says.</summary>
    public static (DagDefinition Dag, TaskDefinition Defaults) Over(YamlMap yaml, DagDefinition dag, DagScope scope)
    {
        yaml.Allow(
            "schedule",
            "delay",
            "start_date",
            "end_date",
            "catchup",
            "max_active_runs",
            "max_active_tasks",
            "timezone",
            "deadline",
            "params",
            "default_args",
            "on_failure",
            "on_late",
            "tasks"
        );
        var zone = ZoneReader.Read(yaml, "timezone") ?? scope.Project.TimeZone;
        var start = Instant(yaml, "start_date", zone);
        var isGenerated = dag.Tasks.Count > 0;
        var read = dag with
        {
            TimeZone = zone,
            StartDate = start ?? dag.StartDate,
            EndDate = Instant(yaml, "end_date", zone),
            Timetable =
                ScheduleReader.Read(yaml, zone, start ?? dag.StartDate)
                ?? (isGenerated ? CronTimetable.Daily(zone) : ManualTimetable.Instance),
            Delay = yaml.Duration("delay", orZero: true) ?? dag.Delay,
            Catchup = yaml.Flag("catchup", dag.Catchup),
            MaxActiveRuns = yaml.Number("max_active_runs", dag.MaxActiveRuns, 1, MostActiveRuns),
            MaxActiveTasks = yaml.Number("max_active_tasks", dag.MaxActiveTasks, 1, MostActiveTasks),
            Deadline = ReadDeadline(yaml, zone),
            Params = ReadParams(yaml),
        };
        if (read.EndDate < read.StartDate)
        {
            yaml.Report("end_date", "'end_date' lies before 'start_date'.");
        }

        if (read.Catchup && start is null && !yaml.Has("start_date"))
        {
            yaml.Report(
                "catchup",
                "'catchup' needs a 'start_date': the intervals since then are caught up.",
                "Write start_date: 2026-01-01."
            );
        }

        return (
            read with
            {
                OnFailure = CallbackReader.Read(yaml, "on_failure", read),
                OnLate = CallbackReader.Read(yaml, "on_late", read),
            },
            ReadDefaults(yaml, scope)
        );
    }

    private static TaskDefinition ReadDefaults(YamlMap yaml, DagScope scope)
    {
        var task = new TaskDefinition("", new TaskWork.Empty(), []);
        if (yaml.Map("default_args") is not { } defaults)
        {
            return task;
        }

        defaults.Allow(TaskPolicyReader.Keys);
        return TaskPolicyReader.Over(defaults, task, scope);
    }

    // A date is its local midnight; a time without an offset is one of the zone.
    private static DateTimeOffset? Instant(YamlMap yaml, string key, TimeZoneInfo zone)
    {
        if (yaml.Text(key) is not { } text)
        {
            return null;
        }

        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= DataInterval.FirstYear and <= DataInterval.LastYear
        )
        {
            return DataInterval.StartOf(day, zone);
        }

        if (
            IsoTime.TryReadTimestamp(Encoding.UTF8.GetBytes(text), out var micros, out var hasOffset)
            && Micros.ToInstant(micros) is { Year: >= DataInterval.FirstYear and <= DataInterval.LastYear } instant
        )
        {
            return hasOffset
                ? instant
                : new DateTimeOffset(instant.DateTime, zone.GetUtcOffset(instant.DateTime)).ToUniversalTime();
        }

        yaml.Report(
            key,
            $"'{text}' is no date.",
            "Write it as 2026-01-01, or with a time as 2026-01-01T06:00:00+01:00."
        );
        return null;
    }

    private static Deadline? ReadDeadline(YamlMap yaml, TimeZoneInfo zone)
    {
        if (yaml.Text("deadline") is not { } text)
        {
            return null;
        }

        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return new Deadline.At(time, zone);
        }

        if (DurationText.Parse(text) is { } span && span > TimeSpan.Zero)
        {
            return new Deadline.After(span);
        }

        yaml.Report(
            "deadline",
            $"'{text}' is no deadline.",
            "Write a time of the day as \"06:00\", or a duration after the end of the interval as 4h."
        );
        return null;
    }

    private static Dictionary<string, string> ReadParams(YamlMap yaml)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (yaml.Map("params") is not { } section)
        {
            return values;
        }

        foreach (var (name, _) in section.Keys)
        {
            if (!Name().IsMatch(name))
            {
                section.Report(
                    name,
                    $"a parameter cannot be called '{name}'.",
                    "It is written {{ params.name }}: letters, digits and _, not beginning with a digit."
                );
            }

            values[name] = section.Text(name) ?? "";
        }

        return values;
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
