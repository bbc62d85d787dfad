using System.Globalization;
using MySqlConnector;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>A session with a MySQL or MariaDB server: its guards, its catalog, its rights and its faults.</summary>
public sealed class MySqlSessionTests(MariaDbServer server)
{
    [Fact]
    public async Task The_guards_are_set()
    {
        var database = await server.CreateAsync();
        await using var source = await database.OpenAsync(
            database.Definition with
            {
                Guards = new()
                {
                    StatementTimeout = TimeSpan.FromSeconds(7.5),
                    LockTimeout = TimeSpan.FromSeconds(3),
                    IdleTimeout = TimeSpan.FromSeconds(99),
                },
            }
        );
        foreach (
            var (name, value) in new[]
            {
                ("max_statement_time", 7.5),
                ("lock_wait_timeout", 3),
                ("innodb_lock_wait_timeout", 3),
                ("wait_timeout", 99),
                ("net_write_timeout", 99),
                ("tx_read_only", 1),
                ("autocommit", 1),
                ("tx_isolation = 'READ-COMMITTED'", 1),
                ("time_zone = '+00:00'", 1),
                ("character_set_client = 'utf8mb4'", 1),
                ("character_set_results = 'utf8mb4'", 1),
                ("sql_mode = 'NO_ENGINE_SUBSTITUTION'", 1),
            }
        )
        {
            Assert.Equal(value, await source.ReadNumberAsync($"select @@{name}"));
        }
    }

    [Fact]
    public async Task The_session_says_who_it_is_and_cannot_write()
    {
        var database = await server.CreateAsync();
        await database.RunAsync("create table t (id int primary key)");
        await using var source = await database.OpenAsync();
        Assert.Equal(
            1,
            await source.ReadNumberAsync(
                "select count(*) from performance_schema.session_connect_attrs where processlist_id = connection_id() and attr_name = 'program_name' and attr_value = 'sluice'"
            )
        );
        var fault = await Assert.ThrowsAsync<PipelineException>(() =>
            source.ReadNumberAsync("insert into t values (1)")
        );
        Assert.Contains("read-only", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsTransient);
        Assert.Empty(await database.AskAsync("select * from t"));
    }

    [Fact]
    public async Task A_socket_serves_as_well()
    {
        var database = await server.CreateAsync();
        foreach (var host in new[] { server.Socket, Path.GetDirectoryName(server.Socket)! })
        {
            var connection = database.Definition.Connection! with { Host = host, Port = null };
            if (host != server.Socket)
            {
                // A folder is searched for the usual names.
                File.Delete(Path.Combine(host, "mysqld.sock"));
                File.CreateSymbolicLink(Path.Combine(host, "mysqld.sock"), server.Socket);
            }

            await using var source = await database.OpenAsync(database.Definition with { Connection = connection });
            Assert.Equal(1, await source.ReadNumberAsync("select 1"));
        }
    }

    [Fact]
    public async Task The_clock_is_the_servers()
    {
        var database = await server.CreateAsync();
        await using var source = await database.OpenAsync();
        var before = TimeProvider.System.GetUtcNow();
        Assert.InRange(
            await source.ReadClockAsync(),
            before - TimeSpan.FromSeconds(1),
            TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1)
        );
    }

    [Fact]
    public async Task Tables_are_listed_and_described_by_their_very_names()
    {
        var database = await server.CreateAsync();
        var other = await server.CreateAsync();
        await database.RunAsync(
            "create table Orders (id int primary key, v int)",
            "create table orders (no int primary key)",
            "create table `a.b``c` (`x``y` int primary key, `select` int)",
            "insert into `a.b``c` values (1, 2), (3, 4)",
            "create view w as select 1 as n",
            $"create table {other.Name}.far (id int primary key)",
            $"insert into {other.Name}.far values (8), (9)"
        );
        await using var source = await database.OpenAsync();
        var listed = await source.ListTablesAsync();
        Assert.Equal(
            ["Orders", "`a.b``c`", "orders", "w"],
            listed.Select(table => table.Name).Order(StringComparer.Ordinal)
        );
        Assert.True(listed.Single(table => table.Name == "w").IsView);
        Assert.Equal(["id", "v"], (await source.DescribeAsync(new() { Name = "Orders" })).Columns.Select(c => c.Name));
        Assert.Equal(["no"], (await source.DescribeAsync(new() { Name = "orders" })).Columns.Select(c => c.Name));
        Assert.Equal(["1|2", "3|4"], await MySqlDatabase.ReadAsync(source, new() { Name = "`a.b``c`" }, 1));
        Assert.Equal(["8", "9"], await MySqlDatabase.ReadAsync(source, new() { Name = $"{other.Name}.far" }, 1));
        var fault = await Assert.ThrowsAsync<PipelineException>(() => source.DescribeAsync(new() { Name = "ORDERS" }));
        Assert.Contains("no table 'ORDERS'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_those_that_identify_every_row()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (a int not null, b int, c varchar(50) not null, d enum('x','y') not null, e int not null, f char(9) collate utf8mb4_unicode_nopad_ci not null, unique key blank (f), unique key nullable (a, b), unique key prefix (c(3)), unique key chosen (d, e), unique key whole (e, c))",
            "create table p (a int not null unique, b int primary key, c int)"
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(new() { Name = "t" });
        Assert.Equal(["f", "d,e", "e,c"], shape.UniqueKeys.Select(key => string.Join(',', key)));
        Assert.Equal(["e", "c"], shape.ScanOrder);
        var primary = await source.DescribeAsync(
            new()
            {
                Name = "p",
                Selected = ["c"],
                Cursor = "a",
            }
        );
        Assert.Equal(["b", "a"], primary.UniqueKeys.Select(key => string.Join(',', key)));
        Assert.Equal(["b"], primary.ScanOrder);
        Assert.Equal(["a", "b"], primary.Hidden.Select(column => column.Name));
        Assert.False(primary.Hidden[0].IsNullable);
        var chosen = MySqlDatabase.RequestOf(shape) with { Order = ["d", "e"] };
        var fault = await Assert.ThrowsAsync<PipelineException>(() => MySqlDatabase.ReadAsync(source, chosen));
        Assert.Contains("order of 'd'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_rights_are_told_as_the_statements_that_grant_them()
    {
        var database = await server.CreateAsync();
        var reader = $"read'er{database.Name}";
        var quoted = reader.Replace("'", "''", StringComparison.Ordinal);
        await database.RunAsync(
            "create table yes (id int primary key)",
            "create table no (id int primary key)",
            "create table part (id int primary key, secret int)",
            $"create user '{quoted}'@'127.0.0.1' identified by 'pw'",
            $"grant select on {database.Name}.yes to '{quoted}'@'127.0.0.1'",
            $"grant select (id) on {database.Name}.part to '{quoted}'@'127.0.0.1'"
        );
        var definition = database.Definition with
        {
            Connection = database.Definition.Connection! with { User = reader, Password = "pw" },
        };
        await using var source = await database.OpenAsync(definition);
        SourceTable[] tables =
        [
            new() { Name = "yes" },
            new() { Name = "no" },
            new() { Name = "part" },
            new() { Name = "part", Selected = ["id"] },
        ];
        var missing = await source.FindMissingRightsAsync(tables);
        Assert.Equal(
            [
                $"GRANT SELECT ON `{database.Name}`.`no` TO '{quoted}'@'127.0.0.1';",
                $"GRANT SELECT ON `{database.Name}`.`part` TO '{quoted}'@'127.0.0.1';",
            ],
            missing
        );
        await database.RunAsync([.. missing]);
        Assert.Empty(await source.FindMissingRightsAsync(tables));

        // What only others may see is unknown, and no fault.
        var load = await source.ReadLoadAsync();
        Assert.NotNull(load.RunningThreads);
        Assert.Null(load.OldestTransaction);
    }

    [Fact]
    public async Task The_load_tells_running_statements_and_the_oldest_writer()
    {
        var database = await server.CreateAsync();
        await database.RunAsync("create table t (id int primary key)");
        await using var source = await database.OpenAsync();
        await using var writer = await server.ConnectAsync(database.Name);
        await using (var begin = new MySqlCommand("begin; insert into t values (1)", writer))
        {
            await begin.ExecuteNonQueryAsync();
        }

        var load = await source.ReadLoadAsync();
        Assert.InRange(
            load.OldestTransaction!.Value,
            TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5),
            TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1)
        );
        Assert.NotNull(load.WritePressure);
        Assert.Null(load.ReplicaLag);
    }

    [Fact]
    public async Task Faults_of_connecting_are_told_apart_and_give_nothing_away()
    {
        var database = await server.CreateAsync();
        var right = database.Definition.Connection!;
        foreach (
            var (connection, words, isTransient) in new[]
            {
                (right with { Password = "s3cret-wrong" }, "refuses the user 'root'", false),
                (right with { Database = "nowhere" }, "no such database", false),
                (right with { Port = 1 }, "cannot be reached", true),
                (right with { Host = "/nowhere/s.sock" }, "cannot be reached", true),
            }
        )
        {
            var fault = await Assert.ThrowsAsync<PipelineException>(() =>
                database.OpenAsync(database.Definition with { Connection = connection })
            );
            Assert.Contains(words, fault.Message, StringComparison.Ordinal);
            Assert.Equal(isTransient, fault.IsTransient);
            Assert.NotNull(fault.Hint);
            Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_table_that_goes_and_a_statement_that_takes_too_long_are_permanent()
    {
        var database = await server.CreateAsync();
        await database.RunAsync("create table t (id int primary key)");
        await using var source = await database.OpenAsync(
            database.Definition with
            {
                Guards = new() { StatementTimeout = TimeSpan.FromSeconds(0.5) },
            }
        );
        var shape = await source.DescribeAsync(new() { Name = "t" });
        await database.RunAsync("drop table t");
        var gone = await Assert.ThrowsAsync<PipelineException>(() =>
            MySqlDatabase.ReadAsync(source, MySqlDatabase.RequestOf(shape))
        );
        Assert.Contains("app.t is not there", gone.Message, StringComparison.Ordinal);
        Assert.False(gone.IsTransient);
        var slow = await Assert.ThrowsAsync<PipelineException>(() => source.ReadNumberAsync("select sleep(30)"));
        Assert.Contains("statement_timeout", slow.Message, StringComparison.Ordinal);
        Assert.False(slow.IsTransient);
        Assert.Equal(1, await source.ReadNumberAsync("select 1"));
    }

    [Fact]
    public async Task A_lock_that_is_not_given_is_transient()
    {
        var database = await server.CreateAsync();
        await database.RunAsync("create table t (id int primary key)");
        await using var source = await database.OpenAsync(
            database.Definition with
            {
                Guards = new() { LockTimeout = TimeSpan.FromSeconds(1) },
            }
        );
        var shape = await source.DescribeAsync(new() { Name = "t" });
        await using var holder = await server.ConnectAsync(database.Name);
        await using (var hold = new MySqlCommand("lock tables t write", holder))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var fault = await Assert.ThrowsAsync<PipelineException>(() =>
            MySqlDatabase.ReadAsync(source, MySqlDatabase.RequestOf(shape))
        );
        Assert.Contains("lock_timeout", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.IsTransient);
    }

    [Fact]
    public async Task Cancelling_ends_the_statement_in_the_server()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (id int primary key)",
            "insert into t select seq from seq_1_to_1000",
            "create view slow as select id, sleep(0.05) as s from t"
        );
        await using var source = await database.OpenAsync();
        var request = MySqlDatabase.RequestOf(await source.DescribeAsync(new() { Name = "slow" }));
        using var given = new CancellationTokenSource(TimeSpan.FromSeconds(0.7));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            source.ReadPageAsync(request, MySqlDatabase.PageOf(request), given.Token)
        );
        Assert.Empty(
            await database.AskAsync(
                $"select id from information_schema.processlist where db = '{database.Name}' and command <> 'Sleep' and id <> connection_id()"
            )
        );
        Assert.Equal(1, await source.ReadNumberAsync("select 1"));
    }

    [Fact]
    public async Task A_page_that_is_full_ends_its_statement_in_the_server()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (id int primary key, f mediumtext)",
            "insert into t select seq, repeat('x', 500000) from seq_1_to_300"
        );
        await using var source = await database.OpenAsync();
        var request = MySqlDatabase.RequestOf(await source.DescribeAsync(new() { Name = "t" }));
        var before = await SentAsync(source);
        await source.ReadPageAsync(request, MySqlDatabase.PageOf(request));
        Assert.InRange(await SentAsync(source) - before, 4_000_000, 20_000_000);
    }

    [Fact]
    public async Task A_session_that_was_killed_is_lost_and_that_is_transient()
    {
        var database = await server.CreateAsync();
        await database.RunAsync("create table t (id int primary key)", "insert into t values (1)");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(new() { Name = "t" });
        var session = await source.ReadNumberAsync("select connection_id()");
        await database.RunAsync(string.Create(CultureInfo.InvariantCulture, $"kill {session}"));
        for (var i = 0; i < 2; i++)
        {
            var fault = await Assert.ThrowsAsync<PipelineException>(() =>
                MySqlDatabase.ReadAsync(source, MySqlDatabase.RequestOf(shape))
            );
            Assert.Contains("was lost", fault.Message, StringComparison.Ordinal);
            Assert.True(fault.IsTransient);
        }
    }

    [Fact]
    public async Task A_server_that_dies_in_the_middle_of_a_page_is_transient()
    {
        await using var own = new MariaDbServer();
        var database = await own.CreateAsync();
        await database.RunAsync(
            // More than the buffers between server and client hold: what is read must still be on its way.
            "create table k (n int, f char(200))",
            "insert into k (n, f) select seq, repeat('x', 200) from seq_1_to_300000"
        );
        await using var source = await database.OpenAsync();
        var request = MySqlDatabase.RequestOf(await source.DescribeAsync(new() { Name = "k" }));
        var page = MySqlDatabase.PageOf(request);
        request = request with { Lower = await source.ReadPageAsync(request, page) };
        await own.KillAsync();
        var fault = await Assert.ThrowsAsync<PipelineException>(async () =>
        {
            while (request.Lower is not null)
            {
                page.Clear();
                request = request with { Lower = await source.ReadPageAsync(request, page) };
            }
        });
        Assert.True(fault.IsTransient);
        Assert.True((await Assert.ThrowsAsync<PipelineException>(() => database.OpenAsync())).IsTransient);
    }

    private static async Task<double> SentAsync(ISource source) =>
        await source.ReadNumberAsync(
            "select variable_value from information_schema.session_status where variable_name = 'Bytes_sent'"
        );
}
