using MySqlConnector;

namespace Sluice.Lake.MySql;

/// <summary>Asks the server to end a statement.</summary>
/// <remarks>
/// The driver does so over a second connection to the address of the first, and throws where that one is gone meanwhile. Whoever
/// asks is a cancellation or a reader that is disposed of, and cannot use the failure: the statement's own call tells it.
/// </remarks>
internal static class MySqlCancel
{
    /// <summary>Asks for it once the token is cancelled; disposing the registration ends that.</summary>
    public static CancellationTokenRegistration Register(MySqlCommand command, CancellationToken cancellationToken) =>
        cancellationToken.Register(static command => Run((MySqlCommand)command!), command);

    /// <summary>Asks for it now.</summary>
    public static void Run(MySqlCommand command)
    {
        try
        {
            command.Cancel();
        }
        catch (Exception failure) when (MySqlFault.IsOfConnection(failure))
        {
            // Where there is no connection the server has ended the statement, or is about to.
        }
    }
}
