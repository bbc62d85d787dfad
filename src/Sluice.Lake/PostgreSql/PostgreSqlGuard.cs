using Npgsql;
using Sluice.Core.Extraction;

namespace Sluice.Lake.PostgreSql;

/// <summary>Turns what the driver throws into what the caller of a source is promised.</summary>
/// <param name="connection">The session.</param>
/// <param name="definition">The source.</param>
/// <param name="clock">Tells how long a statement ran.</param>
internal sealed class PostgreSqlGuard(NpgsqlConnection connection, SourceDefinition definition, TimeProvider clock)
{
    /// <summary>The instant from which a statement's time is counted.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>Runs a call.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var begun = Now;
        try
        {
            return await call();
        }
        catch (Exception failure) when (IsFromDriver(failure))
        {
            throw Meaning(failure, begun, cancellationToken);
        }
    }

    /// <summary>What a failure of the driver is to the caller.</summary>
    public Exception Meaning(Exception failure, long begun, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(cancellationToken)
            : PostgreSqlFault.Of(failure, definition, clock.GetElapsedTime(begun));

    /// <summary>Whether the driver threw it. A session that broke before is closed to whatever comes after.</summary>
    public bool IsFromDriver(Exception failure) =>
        failure is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException
        || failure is OperationCanceledException { InnerException: not null }
        || (failure is InvalidOperationException && connection.State != System.Data.ConnectionState.Open);
}
