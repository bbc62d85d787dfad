using System.Data.Common;
using Npgsql;
using Sluice.Core.Scheduling.Store;
using Sluice.State.Sql;

namespace Sluice.State.PostgreSql;

/// <summary>Hears of the writes of others, over a connection of its own that it makes again when it breaks.</summary>
/// <param name="database">The database.</param>
/// <param name="channel">The channel, quoted.</param>
/// <param name="signal">Who is told.</param>
/// <param name="clock">Measures the pauses.</param>
internal sealed class ChangeListener(NpgsqlDataSource database, string channel, ChangeSignal signal, TimeProvider clock)
    : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // So often it looks without being told: a notification may be lost, and a silent network says nothing of itself.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task? _listening;

    /// <summary>Begins to listen, unless it does.</summary>
    public void Start()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _listening ??= ListenAsync(_stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? listening;
        lock (_lock)
        {
            _stop.Cancel();
            listening = _listening;
        }

        if (listening is not null)
        {
            await listening;
        }

        _stop.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                await using var listen = new NpgsqlCommand($"listen {channel}", connection);
                await listen.ExecuteNonQueryAsync(cancellationToken);
                while (true)
                {
                    signal.Raise(await ReadChangeAsync(connection, cancellationToken));
                    pause = FirstPause;
                    await connection.WaitAsync(Poll, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is DbException or IOException or InvalidOperationException)
            {
                // Whoever waits looks again when its time is over, and is told then what is wrong.
                await Task.Delay(pause, clock, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private static async Task<long> ReadChangeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(StoreSql.Counter, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return rows.GetInt64(1);
    }
}
