using System.Diagnostics;
using System.Globalization;
using MySqlConnector;
using Sluice.Core.Extraction;
using Sluice.Servers;

[assembly: AssemblyFixture(typeof(Sluice.IntegrationTests.Servers.MariaDbServer))]

namespace Sluice.IntegrationTests.Servers;

/// <summary>A MariaDB server of Debian's package for the tests, started when the first test asks for it.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    private const string Password = "s3cret-root";

    private readonly SemaphoreSlim _one = new(1);
    private readonly string _folder = ServerProcess.CreateFolder(LocalMariaDb.User, "sluice-mariadb-");
    private Process? _process;
    private string? _absent;
    private int _databases;

    internal int Port { get; private set; }

    internal string Socket => Local.Socket;

    private LocalMariaDb Local => new(_folder, Port);

    /// <summary>A new, empty database. The test is skipped where there is no server.</summary>
    internal async Task<MySqlDatabase> CreateAsync()
    {
        await StartAsync();
        Assert.SkipWhen(_absent is not null, _absent ?? "");
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await using (var connection = await ConnectAsync(""))
        {
            await using var command = new MySqlCommand(
                $"create database {name} character set utf8mb4 collate utf8mb4_general_ci",
                connection
            );
            await command.ExecuteNonQueryAsync();
        }

        return new(this, name);
    }

    internal async Task<MySqlConnection> ConnectAsync(string database)
    {
        var connection = new MySqlConnection(
            new MySqlConnectionStringBuilder
            {
                Server = Socket,
                ConnectionProtocol = MySqlConnectionProtocol.UnixSocket,
                UserID = "root",
                Password = Password,
                Database = database,
                Pooling = false,
                AllowUserVariables = true,
                DefaultCommandTimeout = 300,
            }.ConnectionString
        );
        await connection.OpenAsync();
        return connection;
    }

    internal SourceConnection Connection(string database) =>
        new()
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = database,
            User = "root",
            Password = Password,
            Tls = SourceTls.Disable,
        };

    /// <summary>Stops the server at once, as a crash does; the next database starts it again.</summary>
    internal async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
        _one.Dispose();
    }

    /// <summary>Starts the server, unless it runs: after a crash with its data, at the same port.</summary>
    internal async Task StartAsync()
    {
        await _one.WaitAsync();
        try
        {
            if (_process is not null || _absent is not null)
            {
                return;
            }

            if (!LocalMariaDb.IsInstalled)
            {
                _absent = "MariaDB is not installed: dotnet run build.cs -- setup";
                return;
            }

            Local.Initialize();
            Port = Port == 0 ? ServerProcess.FreePort() : Port;
            await File.WriteAllTextAsync(
                Path.Combine(_folder, "init.sql"),
                $"""
                alter user root@localhost identified by '{Password}';
                create or replace user root@'127.0.0.1' identified by '{Password}';
                grant all on *.* to root@'127.0.0.1' with grant option;

                """
            );
            _process = Local.Start(
                $"--init-file={Path.Combine(_folder, "init.sql")}",
                "--skip-log-bin",
                "--innodb-buffer-pool-size=64M",
                "--innodb-flush-log-at-trx-commit=0",
                "--max-allowed-packet=128M"
            );
            await WaitAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task WaitAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            Assert.False(_process!.HasExited, _process.HasExited ? await File.ReadAllTextAsync(Local.Log) : "");
            try
            {
                await using var connection = await ConnectAsync("");
                return;
            }
            catch (MySqlException) when (clock.Elapsed < TimeSpan.FromMinutes(2))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
