using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Sluice.Servers;

namespace Sluice.Benchmarks.Extract;

/// <summary>A PostgreSQL server with its usual settings; <see cref="Start"/> begins one, its address finds it again.</summary>
internal sealed partial class PostgreSqlBench(string address) : BenchDatabase
{
    private readonly string _folder = address.Split('|')[0];
    private readonly string _port = address.Split('|')[1];
    private long _logRead;
    private LocalPostgreSql? _server;

    public override string Name => "PostgreSQL";

    public override string Address => address;

    public override string Yaml => $"url: postgresql://bench@127.0.0.1:{_port}/postgres?tls=disable";

    private string Log => Path.Combine(_folder, "log");

    /// <summary>Starts a server; null where the package is not installed.</summary>
    public static PostgreSqlBench? Start()
    {
        if (!LocalPostgreSql.IsInstalled)
        {
            return null;
        }

        var folder = ServerProcess.CreateFolder(LocalPostgreSql.User, "sluice-bench-");
        var port = ServerProcess.FreePort();
        var server = new LocalPostgreSql(folder, port);
        server.Initialize("-A", "trust");
        server.Start("shared_buffers=1GB", "max_wal_size=4GB");
        return new(string.Create(CultureInfo.InvariantCulture, $"{folder}|{port}")) { _server = server };
    }

    public override void Fill(long rows)
    {
        using var connection = Open("postgres");
        Execute(
            connection,
            $"""
            drop table if exists visits;
            create unlogged table visits (
                id bigint primary key, user_id bigint not null, page integer not null, at timestamptz not null,
                seconds double precision, amount numeric(12,2), channel text not null, url text);
            insert into visits
            select i, i * 7919 % 1000003, i % 6 + 1, timestamptz '2015-01-01' + i * interval '6 seconds', i % 977 / 8.0,
                case when i % 6 = 5 then (i % 99991 / 100.0)::numeric(12,2) end,
                (array['search', 'paid_ads', 'mail', 'direct'])[i % 4 + 1],
                case when i % 10 > 0 then '/product/' || (i * 31 % 5003) || '?from=' || (i % 97) end
            from generate_series(1::bigint, {rows}) i;
            drop table if exists accounts;
            create table accounts (id integer primary key, balance bigint not null, filler char(84) not null);
            insert into accounts select i, 0, '' from generate_series(1, {Accounts}) i;
            do $$ begin
                if not exists (select from pg_roles where rolname = 'bench') then
                    create role bench login;
                    -- Every statement of the extract, with its time, is in the server's log.
                    alter role bench set log_min_duration_statement = 0;
                end if;
            end $$;
            grant select on visits to bench;
            grant pg_read_all_stats to bench;
            """
        );
        Execute(connection, "vacuum analyze visits");
        Execute(connection, "vacuum analyze accounts");
        Execute(connection, "checkpoint");
    }

    public override long Drain()
    {
        using var connection = Open("postgres");
        using var stream = connection.BeginRawBinaryCopy("copy (select * from visits) to stdout (format binary)");
        var buffer = new byte[64 << 10];
        long bytes = 0;
        while (stream.Read(buffer) is var read and > 0)
        {
            bytes += read;
        }

        // Rows are not counted on the way: that would be work of ours.
        return bytes;
    }

    public override DbConnection Connect() => Open("postgres");

    public override TimeSpan? LongestStatement()
    {
        using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(_logRead, SeekOrigin.Begin);
        using var text = new StreamReader(log);
        var lines = text.ReadToEnd();
        _logRead = log.Length;
        return Duration()
            .Matches(lines)
            .Select(match =>
                TimeSpan.FromMilliseconds(double.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture))
            )
            .DefaultIfEmpty()
            .Max();
    }

    public override int Sessions(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from pg_stat_activity where usename = 'bench'";
        return (int)(long)command.ExecuteScalar()!;
    }

    public override void Dispose()
    {
        if (_server is not null)
        {
            _server.Crash();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private NpgsqlConnection Open(string user)
    {
        var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={_port};Username={user};Database=postgres;Pooling=false;SSL Mode=Disable;Command Timeout=0;Read Buffer Size=65536"
        );
        connection.Open();
        return connection;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"duration: (?<ms>[0-9.]+) ms", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
