using System.Globalization;
using Sluice.Core.Time;

namespace Sluice.Cli.Output;

/// <summary>The shortest name by which the commands know a run of a DAG.</summary>
internal static class RunName
{
    /// <summary>The date, where the interval is a whole day of the DAG's zone; else the start of the interval.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="zone">The zone.</param>
    public static string Of(DataInterval interval, TimeZoneInfo zone) =>
        interval.NameIn(zone) == interval.Ds ? interval.Ds : StartOf(interval);

    /// <summary>The start of the interval, UTC: <c>2015-05-01T06:00Z</c>, with seconds where it has any.</summary>
    public static string StartOf(DataInterval interval) =>
        interval.Start.ToString(
            interval.Start.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-ddTHH:mmZ" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ",
            CultureInfo.InvariantCulture
        );
}
