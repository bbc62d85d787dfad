using System.Globalization;
using Npgsql;
using Sluice.Servers;

[assembly: AssemblyFixture(typeof(Sluice.IntegrationTests.Servers.PostgreSqlServer))]

namespace Sluice.IntegrationTests.Servers;

/// <summary>A PostgreSQL server for the tests, started when the first of them asks for a database. Without the package they are skipped.</summary>
public sealed class PostgreSqlServer : IDisposable
{
    public const string Password = "it's a secret";

    // The data of a test outlives no crash of the machine.
    private static readonly string[] Settings =
    [
        "fsync=off",
        "autovacuum=off",
        "max_prepared_transactions=4",
        "shared_buffers=64MB",
        // Of processes that were killed a session lives on for a while.
        "max_connections=400",
    ];

    private readonly Lazy<string> _folder;
    private int _databases;

    public PostgreSqlServer() => _folder = new(Start);

    public int Port { get; private set; }

    /// <summary>Variables that the server gets beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder of its Unix socket.</summary>
    public string SocketFolder => _folder.Value;

    /// <summary>Makes an empty database.</summary>
    internal PostgreSqlDatabase CreateDatabase()
    {
        Assert.SkipWhen(!LocalPostgreSql.IsInstalled, "PostgreSQL is not installed: dotnet run build.cs -- setup");
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
    public void Crash() => Local(SocketFolder).Crash();

    /// <summary>Starts it after a crash, at the same port.</summary>
    public void StartAgain() => Local(SocketFolder).Start(Settings);

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            Crash();
            Directory.Delete(SocketFolder, recursive: true);
        }
    }

    private string Start()
    {
        var folder = ServerProcess.CreateFolder(LocalPostgreSql.User, "sluice-pg-");
        var password = Path.Combine(folder, "password");
        File.WriteAllText(password, Password);
        ServerProcess.Give(LocalPostgreSql.User, folder);
        Port = ServerProcess.FreePort();
        var server = Local(folder);
        server.Initialize("-A", "scram-sha-256", "--pwfile", password, "--no-sync");
        server.Start(Settings);
        return folder;
    }

    private LocalPostgreSql Local(string folder) => new(folder, Port) { Environment = Environment };
}
