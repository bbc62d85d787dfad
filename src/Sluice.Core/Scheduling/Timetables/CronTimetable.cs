using Cronos;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Timetables;

/// <summary>
/// Intervals from one tick of a cron expression to the next, by the clocks of a zone, as Airflow's
/// <c>CronDataIntervalTimetable</c> has them. A tick that a change of clocks skips comes with the change; one that would come twice
/// comes the first time, and those of an hour or less come in every hour that passes: the rules of Cronos.
/// </summary>
public sealed class CronTimetable : Timetable
{
    private static readonly Dictionary<string, string> Presets = new(StringComparer.Ordinal)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@quarterly"] = "0 0 1 */3 *",
        ["@yearly"] = "0 0 1 1 *",
    };

    // From one 29th of February to the next it can be eight years, and twice that is looked back.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(20 * 366);

    private static readonly TimeSpan LongestChange = TimeSpan.FromDays(1);

    private readonly CronExpression _ticks;
    private readonly TimeZoneInfo _zone;

    private CronTimetable(string text, CronExpression ticks, TimeZoneInfo zone) =>
        (Text, _ticks, _zone) = (text, ticks, zone);

    /// <inheritdoc/>
    public override string Text { get; }

    /// <summary>The names that stand for expressions, as in Airflow: <c>@daily</c> and the like.</summary>
    public static IEnumerable<string> Names => Presets.Keys;

    /// <summary>Midnight to midnight of a zone.</summary>
    public static CronTimetable Daily(TimeZoneInfo zone) => Parse("@daily", zone);

    /// <summary>Reads an expression of five fields, or one of <see cref="Names"/>.</summary>
    /// <exception cref="DefinitionException">It is none, or none of its times ever comes.</exception>
    public static CronTimetable Parse(string text, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(zone);
        var expression = Presets.GetValueOrDefault(text, text);
        if (!CronExpression.TryParse(expression, CronFormat.Standard, out var ticks))
        {
            throw new DefinitionException(
                $"'{text}' is no schedule.",
                $"Write a cron expression of five fields as '0 2 * * *' (minute, hour, day of month, month, day of week), {string.Join(", ", Names)}, a duration as 6h, or none."
            );
        }

        var timetable = new CronTimetable(text, ticks, zone);
        return timetable.FirstFrom(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)) is null
            ? throw new DefinitionException(
                $"The time of '{text}' never comes.",
                "Is there such a day in such a month?"
            )
            : timetable;
    }

    /// <inheritdoc/>
    // Not "inclusive": Cronos then passes over a tick that a change of clocks has moved to this instant.
    public override DataInterval? FirstFrom(DateTimeOffset instant) => From(TickAfter(instant.AddTicks(-1)));

    /// <inheritdoc/>
    // Cronos names a tick that was skipped by an hour too early when it is asked backwards: it is asked forwards alone.
    public override DataInterval? Containing(DateTimeOffset instant)
    {
        for (var back = TimeSpan.FromMinutes(1); back < LongestInterval; back *= 2)
        {
            var tick = TickAfter(instant - back);
            if (tick is null || tick > instant)
            {
                continue;
            }

            while (TickAfter(tick.Value) is { } next && next <= instant)
            {
                tick = next;
            }

            return From(tick);
        }

        return null;
    }

    private DataInterval? From(DateTimeOffset? start) =>
        start is { } first && TickAfter(first) is { } next
            ? new(first, next, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(first, _zone).DateTime))
            : null;

    private DateTimeOffset? TickAfter(DateTimeOffset instant)
    {
        for (var asked = instant; ; asked = asked.AddMinutes(1))
        {
            if (_ticks.GetNextOccurrence(asked.ToUniversalTime(), _zone) is not { } tick)
            {
                return null;
            }

            var real = Real(tick);
            if (real > instant)
            {
                return real;
            }
        }
    }

    // In some zones Cronos names a skipped tick with the offset after the change but an instant before it: it comes with the change.
    private DateTimeOffset Real(DateTimeOffset tick)
    {
        for (var real = tick; real < tick + LongestChange; real = real.AddMinutes(1))
        {
            if (_zone.GetUtcOffset(real) == tick.Offset)
            {
                return real;
            }
        }

        return tick;
    }
}
