namespace Sluice.Core.Time;

/// <summary>Event time as Sluice keeps it: whole microseconds since the Unix epoch, UTC.</summary>
public static class Micros
{
    /// <summary>Microseconds in a day.</summary>
    public const long PerDay = 86_400_000_000;

    /// <summary>Microseconds since the epoch; what is finer is cut off, toward the past.</summary>
    public static long From(DateTimeOffset at) =>
        Math.DivRem(at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond) is var (whole, rest)
        && rest < 0
            ? whole - 1
            : whole;

    /// <summary>The instant that <paramref name="micros"/> names.</summary>
    public static DateTimeOffset ToInstant(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(checked(micros * TimeSpan.TicksPerMicrosecond));

    /// <summary>Whole days since the epoch.</summary>
    public static int DayOf(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
