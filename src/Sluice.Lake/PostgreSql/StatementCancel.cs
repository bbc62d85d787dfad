using System.Globalization;
using Npgsql;

namespace Sluice.Lake.PostgreSql;

/// <summary>Ends the statement of a session in the server once a token is canceled, from another session.</summary>
/// <remarks>The driver would only close its end of a COPY; the server would work on until it wrote the next time.</remarks>
internal sealed class StatementCancel : IAsyncDisposable
{
    // A server that does not end the statement by then is gone.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _server;
    private readonly int _process;
    private readonly CancellationTokenSource _hard = new();
    private readonly CancellationTokenRegistration _registration;
    private Task _cancel = Task.CompletedTask;

    public StatementCancel(NpgsqlDataSource server, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (_server, _process) = (server, connection.State == System.Data.ConnectionState.Open ? connection.ProcessID : 0);
        Hard = _hard.Token;
        _registration = cancellationToken.UnsafeRegister(
            static state =>
            {
                var cancel = (StatementCancel)state!;
                cancel._cancel = cancel.CancelAsync();
            },
            this
        );
    }

    /// <summary>Canceled a while after the other token: for a server that does not answer.</summary>
    public CancellationToken Hard { get; }

    public async ValueTask DisposeAsync()
    {
        // Waits for a callback that runs, so that no later statement is canceled in its stead.
        await _registration.DisposeAsync();
        await _cancel;
        _hard.Dispose();
    }

    private async Task CancelAsync()
    {
        _hard.CancelAfter(Grace);
        try
        {
            await using var connection = await _server.OpenConnectionAsync(Hard);
            await using var command = new NpgsqlCommand(
                string.Create(CultureInfo.InvariantCulture, $"select pg_cancel_backend({_process})"),
                connection
            );
            await command.ExecuteNonQueryAsync(Hard);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            // The hard token ends the session then.
        }
    }
}
