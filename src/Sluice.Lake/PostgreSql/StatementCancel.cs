using System.Globalization;
using Npgsql;

namespace Sluice.Lake.PostgreSql;

/// <summary>Has the server end the statement of a session when a token is canceled: the thread that waits for it cannot be woken.</summary>
internal sealed class StatementCancel : IDisposable
{
    // A server that does not answer by then is gone, and whoever waits for it leaves it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _server;
    private readonly int _process;
    private readonly CancellationTokenRegistration _registration;
    private Task _cancel = Task.CompletedTask;

    /// <summary>Begins to listen; disposing it ends that.</summary>
    /// <param name="server">Opens the session that cancels.</param>
    /// <param name="connection">The session whose statement is ended.</param>
    /// <param name="cancellationToken">Asks for it.</param>
    public StatementCancel(NpgsqlDataSource server, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (_server, _process) = (server, connection.State == System.Data.ConnectionState.Open ? connection.ProcessID : 0);
        _registration = cancellationToken.UnsafeRegister(
            static state =>
            {
                var cancel = (StatementCancel)state!;
                cancel._cancel = cancel.CancelAsync();
            },
            this
        );
    }

    public void Dispose()
    {
        // Waits for a callback that runs, so that no later statement is canceled in its stead.
        _registration.Dispose();
        _cancel.GetAwaiter().GetResult();
    }

    private async Task CancelAsync()
    {
        using var grace = new CancellationTokenSource(Grace);
        try
        {
            await using var connection = await _server.OpenConnectionAsync(grace.Token);
            await using var command = new NpgsqlCommand(
                string.Create(CultureInfo.InvariantCulture, $"select pg_cancel_backend({_process})"),
                connection
            );
            await command.ExecuteNonQueryAsync(grace.Token);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            // The session is left then.
        }
    }
}
