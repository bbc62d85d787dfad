namespace Sluice.Core.Time;

/// <summary>Event time as Sluice keeps it: whole microseconds since the Unix epoch, UTC.</summary>
public static class Micros
{
    /// <summary>Microseconds in a day.</summary>
    public const long PerDay = 86_400_000_000;

    /// <summary>The first microsecond of year 1.</summary>
    public const long FirstOfYear1 = -62_135_596_800_000_000;

    /// <summary>The last microsecond of year 9999.</summary>
    public const long LastOfYear9999 = 253_402_300_799_999_999;

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
