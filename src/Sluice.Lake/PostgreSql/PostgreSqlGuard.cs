using System.Data;
using Npgsql;
using Sluice.Core.Extraction;
using Sluice.Lake.Sources;

namespace Sluice.Lake.PostgreSql;

/// <summary>Does the session's work on its thread, and turns what the driver throws into what the caller of a source is promised.</summary>
/// <param name="thread">The thread that waits for the server.</param>
/// <param name="server">Opens the session that cancels.</param>
/// <param name="connection">The session.</param>
/// <param name="definition">The source.</param>
/// <param name="clock">Tells how long a statement ran.</param>
internal sealed class PostgreSqlGuard(
    SessionThread thread,
    NpgsqlDataSource server,
    NpgsqlConnection connection,
    SourceDefinition definition,
    TimeProvider clock
)
{
    /// <summary>The instant from which a statement's time is counted.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>Runs a call. When it is canceled, so is its statement.</summary>
    public Task<T> RunAsync<T>(Func<T> call, CancellationToken cancellationToken) =>
        thread.RunAsync(
            () =>
            {
                using var cancel = new StatementCancel(server, connection, cancellationToken);
                var begun = Now;
                try
                {
                    return call();
                }
                catch (Exception failure) when (IsFromDriver(failure))
                {
                    throw Meaning(failure, begun, cancellationToken);
                }
            },
            cancellationToken
        );

    /// <summary>What a failure of the driver is to the caller.</summary>
    public Exception Meaning(Exception failure, long begun, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(cancellationToken)
            : PostgreSqlFault.Of(failure, definition, clock.GetElapsedTime(begun));

    /// <summary>Whether the driver threw it. A session that broke before is closed to whatever comes after.</summary>
    public bool IsFromDriver(Exception failure) =>
        failure is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException
        || (failure is InvalidOperationException && connection.State != ConnectionState.Open);
}
