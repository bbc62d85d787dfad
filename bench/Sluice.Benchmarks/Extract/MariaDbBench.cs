using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using MySqlConnector;
using Sluice.Servers;

namespace Sluice.Benchmarks.Extract;

/// <summary>A MariaDB server with its usual settings; <see cref="Start"/> begins one, its address finds it again.</summary>
internal sealed class MariaDbBench(string address) : BenchDatabase
{
    private readonly string _folder = address.Split('|')[0];
    private readonly string _port = address.Split('|')[1];
    private Process? _server;

    public override string Name => "MariaDB";

    public override string Address => address;

    public override string Yaml => $"url: mysql://bench:bench@127.0.0.1:{_port}/shop?tls=disable";

    /// <summary>Starts a server; null where the package is not installed.</summary>
    public static MariaDbBench? Start()
    {
        if (!LocalMariaDb.IsInstalled)
        {
            return null;
        }

        var folder = ServerProcess.CreateFolder(LocalMariaDb.User, "sluice-bench-");
        var port = ServerProcess.FreePort();
        var server = new LocalMariaDb(folder, port);
        server.Initialize();
        var bench = new MariaDbBench(string.Create(CultureInfo.InvariantCulture, $"{folder}|{port}"))
        {
            _server = server.Start("--innodb-buffer-pool-size=2G"),
        };
        bench.Wait();
        return bench;
    }

    public override void Fill(long rows)
    {
        using var connection = Open("");
        foreach (
            var sql in new[]
            {
                "create database if not exists shop",
                "use shop",
                "create user if not exists bench@'127.0.0.1' identified by 'bench'",
                "grant select on shop.* to bench@'127.0.0.1'",
                "grant process on *.* to bench@'127.0.0.1'",
                "drop table if exists visits",
                """
                    create table visits (
                        id bigint primary key, user_id bigint not null, page int not null, at timestamp not null,
                        seconds double, amount decimal(12,2), channel varchar(20) not null, url varchar(200))
                    """,
                "set unique_checks = 0",
                $"""
                    insert into visits
                    select seq, seq * 7919 % 1000003, seq % 6 + 1, timestampadd(second, seq * 6, '2015-01-01 00:30:00'), seq % 977 / 8.0,
                        case when seq % 6 = 5 then seq % 99991 / 100.0 end,
                        elt(seq % 4 + 1, 'search', 'paid_ads', 'mail', 'direct'),
                        case when seq % 10 > 0 then concat('/product/', seq * 31 % 5003, '?from=', seq % 97) end
                    from seq_1_to_{rows}
                    """,
                "drop table if exists accounts",
                "create table accounts (id int primary key, balance bigint not null, filler char(84) not null)",
                $"insert into accounts select seq, 0, '' from seq_1_to_{Accounts}",
                "analyze table visits",
            }
        )
        {
            using var command = new MySqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    public override long Drain()
    {
        // As the extract does, over TCP.
        using var connection = new MySqlConnection(
            $"Server=127.0.0.1;Port={_port};User ID=bench;Password=bench;Database=shop;Pooling=false;SSL Mode=None;Default Command Timeout=0"
        );
        connection.Open();
        using var command = new MySqlCommand("select * from visits", connection);
        command.Prepare();
        using var reader = command.ExecuteReader();
        var (rows, sum) = (0L, 0.0);
        while (reader.Read())
        {
            sum += reader.GetInt64(0) + reader.GetInt64(1) + reader.GetInt32(2) + reader.GetDateTime(3).Ticks;
            sum += reader.GetDouble(4) + (reader.IsDBNull(5) ? 0 : (double)reader.GetDecimal(5));
            sum += reader.GetString(6).Length + (reader.IsDBNull(7) ? 0 : reader.GetString(7).Length);
            rows++;
        }

        return sum > 0 ? rows : 0;
    }

    public override DbConnection Connect() => Open("shop");

    public override TimeSpan? LongestStatement()
    {
        using var connection = Open("");
        using var command = new MySqlCommand(
            """
            select max(max_timer_wait) from performance_schema.events_statements_summary_by_user_by_event_name
            where user = 'bench'
            """,
            connection
        );
        var picoseconds = Convert.ToDouble(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        command.CommandText = "truncate table performance_schema.events_statements_summary_by_user_by_event_name";
        command.ExecuteNonQuery();
        return TimeSpan.FromSeconds(picoseconds / 1e12);
    }

    public override int Sessions(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from information_schema.processlist where user = 'bench'";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public override void Dispose()
    {
        if (_server is { } server)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private MySqlConnection Open(string database)
    {
        var connection = new MySqlConnection(
            new MySqlConnectionStringBuilder
            {
                Server = Path.Combine(_folder, "s.sock"),
                ConnectionProtocol = MySqlConnectionProtocol.UnixSocket,
                UserID = "root",
                Database = database,
                Pooling = false,
                DefaultCommandTimeout = 0,
                AllowUserVariables = true,
            }.ConnectionString
        );
        connection.Open();
        return connection;
    }

    private void Wait()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Open("").Dispose();
                return;
            }
            catch (MySqlException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1))
            {
                Thread.Yield();
            }
        }
    }
}
