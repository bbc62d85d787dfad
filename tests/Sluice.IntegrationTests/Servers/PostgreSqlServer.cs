using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Sluice.IntegrationTests.Servers.PostgreSqlServer))]

namespace Sluice.IntegrationTests.Servers;

/// <summary>A PostgreSQL server for the tests, started when the first of them asks for a database. Without the package they are skipped.</summary>
public sealed class PostgreSqlServer : IDisposable
{
    public const string Password = "it's a secret";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Lazy<string> _folder;
    private int _databases;

    public PostgreSqlServer() => _folder = new(Start);

    public int Port { get; private set; }

    /// <summary>Variables that the server gets beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder of its Unix socket.</summary>
    public string SocketFolder => _folder.Value;

    private static string? Programs =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;

    // The server refuses to run as root; the package made a user for it.
    private static bool IsRoot => System.Environment.UserName == "root";

    /// <summary>Makes an empty database.</summary>
    internal PostgreSqlDatabase CreateDatabase()
    {
        Assert.SkipWhen(Programs is null, "PostgreSQL is not installed: dotnet run build.cs -- setup");
        _ = _folder.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"create database {name}", connection);
        command.ExecuteNonQuery();
        return new(this, name);
    }

    /// <summary>How the superuser connects.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = "postgres",
            Password = Password,
            Database = database,
            Pooling = false,
            SslMode = SslMode.Disable,
        }.ToString();

    /// <summary>Ends all sessions at once, as a crash does.</summary>
    public void Crash() => Run("pg_ctl", "stop", "-D", Path.Combine(SocketFolder, "data"), "-m", "immediate");

    /// <summary>Starts it after a crash, at the same port.</summary>
    public void StartAgain() => Launch(SocketFolder);

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            Run("pg_ctl", "stop", "-D", Path.Combine(SocketFolder, "data"), "-m", "immediate");
            Directory.Delete(SocketFolder, recursive: true);
        }
    }

    private string Start()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-pg-").FullName;
        var password = Path.Combine(folder, "password");
        File.WriteAllText(password, Password);
        if (IsRoot)
        {
            using var chown = Process.Start("chown", ["-R", "postgres", folder]);
            chown.WaitForExit();
        }

        Port = FreePort();
        var data = Path.Combine(folder, "data");
        Assert.Equal(
            0,
            Run(
                "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile",
                password,
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync"
            )
        );
        Launch(folder);
        return folder;
    }

    private void Launch(string folder)
    {
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-c listen_addresses=127.0.0.1 -c port={Port} -c unix_socket_directories={folder} -c fsync=off -c autovacuum=off -c max_prepared_transactions=4 -c shared_buffers=64MB"
        );
        Assert.Equal(
            0,
            Run(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                StartTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                "-D",
                Path.Combine(folder, "data"),
                "-l",
                Path.Combine(folder, "log"),
                "-o",
                options
            )
        );
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private int Run(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Programs!, program), .. arguments];
        if (IsRoot)
        {
            command = ["runuser", "-u", "postgres", "--", .. command];
        }

        // The server inherits no pipe: nobody would wait for its end.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", .. command]
        )
        {
            WorkingDirectory = "/",
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
