using System.Text.RegularExpressions;
using Sluice.Core;
using Sluice.Core.Scheduling.Timetables;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads the schedule of a DAG: a cron expression, a name as <c>@daily</c>, a duration, or none.</summary>
internal static partial class ScheduleReader
{
    private const string Key = "schedule";

    /// <summary>The schedule; null where it is absent or wrong.</summary>
    /// <param name="yaml">The DAG.</param>
    /// <param name="zone">The zone by whose clocks a cron expression goes.</param>
    /// <param name="start">Where intervals of one length are counted from.</param>
    public static Timetable? Read(YamlMap yaml, TimeZoneInfo zone, DateTimeOffset start)
    {
        if (yaml.Text(Key) is not { } text)
        {
            if (yaml.Has(Key))
            {
                yaml.Report(Key, "'schedule' says nothing.", "Write none for a DAG that runs when it is triggered.");
            }

            return null;
        }

        if (text == "none")
        {
            return ManualTimetable.Instance;
        }

        if (DurationText.Parse(text) is { } length)
        {
            if (length >= TimeSpan.FromMinutes(1))
            {
                return new SpanTimetable(text, length, start, zone);
            }

            yaml.Report(Key, $"an interval of {text} is too short.", "The shortest is 1m.");
            return null;
        }

        if (Refusal(text) is var (problem, hint))
        {
            yaml.Report(Key, problem, hint);
            return null;
        }

        try
        {
            return CronTimetable.Parse(text, zone);
        }
        catch (DefinitionException wrong)
        {
            yaml.Report(
                Key,
                wrong.Problem,
                Nearest.Find(text, CronTimetable.Names) is { } near ? $"Did you mean '{near}'?" : wrong.Hint
            );
            return null;
        }
    }

    // What Cronos takes, and cron and Airflow do not, or otherwise.
    private static (string Problem, string Hint)? Refusal(string text)
    {
        if (text.StartsWith('@'))
        {
            return CronTimetable.Names.Contains(text, StringComparer.Ordinal)
                ? null
                : ($"'{text}' is no schedule.", Nearest.Suggest(text, CronTimetable.Names));
        }

        var fields = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Any(field => Drawn().IsMatch(field))
                ? ($"'{text}' leaves a time to chance (H).", "Write the minute and the hour as numbers.")
            : fields.Length == 5 && !IsAny(fields[2]) && !IsAny(fields[4])
                ? (
                    $"'{text}' names a day of the month and a day of the week, which is read as both or as either.",
                    "Name one of them and let a shell task look at the other, or write two DAGs."
                )
            : null;
    }

    private static bool IsAny(string field) => field is "*" or "?";

    [GeneratedRegex(@"(\A|[,/-])[Hh]([,/-]|\z)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Drawn();
}
