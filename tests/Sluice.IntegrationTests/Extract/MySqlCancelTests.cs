using System.Net.Sockets;
using MySqlConnector;
using Sluice.IntegrationTests.Servers;
using Sluice.Lake.MySql;

namespace Sluice.IntegrationTests.Extract;

/// <summary>What asks the server to end a statement must not fail where the connection is gone.</summary>
public sealed class MySqlCancelTests(MariaDbServer server)
{
    [Fact]
    public async Task A_statement_whose_connection_is_gone_is_ended_without_a_failure()
    {
        // The driver alone fails: on a timer of its own that would end the process.
        await Assert.ThrowsAsync<SocketException>(() => EndAsync(command => command.Cancel()));

        await EndAsync(MySqlCancel.Run);
    }

    [Fact]
    public async Task A_cancellation_of_it_fails_no_more() =>
        await EndAsync(command =>
        {
            using var stop = new CancellationTokenSource();
            using var registration = MySqlCancel.Register(command, stop.Token);
            stop.Cancel();
        });

    [Fact]
    public void The_driver_asks_for_nothing_on_its_own_when_a_statement_takes_too_long() =>
        Assert.Equal(
            -1,
            new MySqlConnectionStringBuilder(
                MySqlSession.ConnectionString(new() { Host = "localhost", Database = "x" }, new())
            ).CancellationTimeout
        );

    // A statement of which rows are left to read, when its connection is reset.
    private async Task EndAsync(Action<MySqlCommand> end)
    {
        IServerDatabase database = await server.CreateAsync();
        using var proxy = new FaultyProxy(database.Port, () => new ProxyCut(ProxyFault.Reset, 50_000));
        using var connection = new MySqlConnection(
            MySqlSession.ConnectionString(database.Definition.Connection! with { Port = proxy.Port }, new())
        );
        connection.Open();
        using var command = new MySqlCommand("select repeat('x', 1000) from seq_1_to_10000", connection);
        var rows = command.ExecuteReader();
        Assert.True(rows.Read());
        await proxy.FirstCut;
        try
        {
            end(command);
        }
        finally
        {
            // It reads to its end, and so meets the reset.
            Assert.NotNull(Record.Exception(rows.Dispose));
        }
    }
}
