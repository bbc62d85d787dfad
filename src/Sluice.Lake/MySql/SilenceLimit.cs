using MySqlConnector;

namespace Sluice.Lake.MySql;

/// <summary>Closes a connection under a call that waits too long for its server.</summary>
/// <remarks>The driver limits the time of every statement, and not that of preparing one: a network that went silent would be waited for for ever.</remarks>
internal static class SilenceLimit
{
    /// <summary>Begins to wait; disposing it ends that.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="seconds">How long; 0 for ever.</param>
    public static IDisposable? Begin(MySqlConnection connection, int seconds) =>
        seconds == 0
            ? null
            : new Timer(_ => Close(connection), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private static void Close(MySqlConnection connection)
    {
        try
        {
            connection.Close();
        }
        catch (Exception failure) when (MySqlFault.IsOfConnection(failure))
        {
            // The call that waits ends all the same, and tells.
        }
    }
}
