namespace Sluice.State.Sql;

/// <summary>Instants as both databases keep them: ticks of 100 ns since the Unix epoch, UTC. Nothing is lost.</summary>
internal static class Instants
{
    public static long ToColumn(this DateTimeOffset at) => at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static long? ToColumn(this DateTimeOffset? at) => at?.ToColumn();

    public static DateTimeOffset FromColumn(long ticks) => DateTimeOffset.UnixEpoch.AddTicks(ticks);
}
