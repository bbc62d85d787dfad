using System.Globalization;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>Inserts visits of the second day, moves rows of the first one there and deletes some, one after the other, until it is stopped.</summary>
internal sealed class VisitWriter : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _work;

    public VisitWriter(IServerDatabase database, int rows) => _work = WriteAsync(database, rows, _stop.Token);

    /// <summary>Ends it; it must have done something.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        Assert.True(await _work > 10, "Nobody wrote while the table was read.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async Task<int> WriteAsync(IServerDatabase database, int rows, CancellationToken stop)
    {
        await using var connection = await database.ConnectAsync();
        var random = new Random(rows);
        var turn = 0;
        while (!stop.IsCancellationRequested)
        {
            turn++;
            var id = random.Next(1, rows);
            var at = new DateTime(2015, 5, 2).AddMilliseconds(turn * 10);
            var instant = string.Create(CultureInfo.InvariantCulture, $"'{at:yyyy-MM-dd HH:mm:ss.fff}'");
            await using var command = connection.CreateCommand();
            command.CommandText = (turn % 3) switch
            {
                0 => $"insert into visits values ({rows + turn}, 'new', '', {instant})",
                1 => $"update visits set page = 'changed', changed_at = {instant} where id = {id}",
                _ => $"delete from visits where id = {id}",
            };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }

        return turn;
    }
}
