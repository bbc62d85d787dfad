using System.Globalization;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>What a session with a PostgreSQL server may do, and how it ends.</summary>
public sealed class PostgreSqlSessionTests(PostgreSqlServer server)
{
    private const string Ours =
        "from pg_stat_activity where application_name = 'sluice' and datname = current_database()";

    [Fact]
    public async Task The_guards_are_set()
    {
        var database = server.CreateDatabase();
        database.Execute(
            """
            create view settings as select name::text, setting from pg_settings where name in (
                'statement_timeout', 'lock_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout',
                'default_transaction_read_only', 'TimeZone', 'DateStyle', 'application_name')
            """
        );
        var guards = new SessionGuards
        {
            StatementTimeout = TimeSpan.FromSeconds(11),
            LockTimeout = TimeSpan.FromSeconds(12),
            IdleTimeout = TimeSpan.FromSeconds(13),
        };
        await using var source = await PostgreSqlDatabase.OpenAsync(database.Source() with { Guards = guards });

        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("settings"));
        var settings = await PageReading.AllAsync(source, PageReading.Of(shape));

        Assert.Equal(
            [
                "DateStyle|ISO, YMD",
                "TimeZone|UTC",
                "application_name|sluice",
                "default_transaction_read_only|on",
                "idle_in_transaction_session_timeout|13000",
                "idle_session_timeout|13000",
                "lock_timeout|12000",
                "statement_timeout|11000",
            ],
            settings.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_statement_that_writes_is_refused()
    {
        var database = server.CreateDatabase();
        database.Execute("create table t (n int)");
        await using var source = await database.OpenAsync();
        var refused = await Assert.ThrowsAsync<PipelineException>(() =>
            source.ReadNumberAsync("insert into t values (1) returning n")
        );
        Assert.Contains("wanted to write", refused.Message);
        Assert.Equal(0L, database.Value("select count(*) from t"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_canceled_page_ends_its_statement_in_the_server_and_the_session_goes_on()
    {
        var database = server.CreateDatabase();
        database.Execute("create view slow as select i as n, pg_sleep(3600)::text as s from generate_series(1, 3) i");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("slow"));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var request = PageReading.Of(shape);
        var reading = source.ReadPageAsync(request, PageReading.PageOf(request), cancel.Token);
        await database.UntilAsync($"select count(*) = 1 {Ours} and wait_event = 'PgSleep'");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await database.UntilAsync($"select count(*) = 0 {Ours} and state = 'active'");
        Assert.Equal(1, await source.ReadNumberAsync("select 1"));
    }

    [Fact]
    public async Task A_source_that_is_given_up_in_the_middle_of_a_view_leaves_nothing_running()
    {
        var database = server.CreateDatabase();
        database.Execute("create view v as select i as n, repeat('x', 1000) as t from generate_series(1, 10000000) i");
        await using (var source = await database.OpenAsync())
        {
            var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("v"));
            var request = PageReading.Of(shape);
            Assert.NotNull(await source.ReadPageAsync(request, PageReading.PageOf(request)));
        }

        await database.UntilAsync($"select count(*) = 0 {Ours}");
    }

    [Fact]
    public async Task A_statement_that_runs_too_long_is_ended_and_the_guard_is_named()
    {
        var database = server.CreateDatabase();
        var source = database.Source() with { Guards = new() { StatementTimeout = TimeSpan.FromMilliseconds(300) } };
        var failure = await FailureAsync(source, open => open.ReadNumberAsync("select 1 from pg_sleep(60)"));
        Assert.Contains("statement timeout (00:00:00.3", failure.Message);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task A_view_that_is_read_too_long_is_ended_and_the_guard_is_named()
    {
        var database = server.CreateDatabase();
        database.Execute("create view v as select i as n, pg_sleep(0.1)::text as s from generate_series(1, 1000) i");
        var source = database.Source() with { Guards = new() { StatementTimeout = TimeSpan.FromSeconds(1) } };
        var failure = await FailureAsync(
            source,
            async open =>
            {
                var shape = await open.DescribeAsync(PostgreSqlDatabase.TableOf("v"));
                await PageReading.AllAsync(open, PageReading.Of(shape) with { MaxRows = 1 });
            }
        );
        Assert.Contains("statement timeout (00:00:01", failure.Message);
    }

    [Fact]
    public async Task A_lock_that_is_not_free_in_time_names_its_guard()
    {
        var database = server.CreateDatabase();
        database.Execute("create table t (id int primary key)");
        using var holder = new Npgsql.NpgsqlConnection(server.ConnectionString(database.Name));
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using var locks = new Npgsql.NpgsqlCommand("lock table t in access exclusive mode", holder);
        await locks.ExecuteNonQueryAsync();
        var source = database.Source() with { Guards = new() { LockTimeout = TimeSpan.FromMilliseconds(100) } };

        var failure = await FailureAsync(source, open => open.ReadNumberAsync("select count(*) from t"));

        Assert.Contains("lock timeout (00:00:00.1", failure.Message);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_session_that_an_administrator_ends_may_be_tried_again()
    {
        var database = server.CreateDatabase();
        database.Execute("create view v as select i as n, repeat('x', 1000) as t from generate_series(1, 10000000) i");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("v"));
        var request = PageReading.Of(shape);
        var next = await source.ReadPageAsync(request, PageReading.PageOf(request));
        database.Execute($"select pg_terminate_backend(pid) {Ours}");

        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            PageReading.AllAsync(source, request with { Lower = next })
        );

        Assert.True(failure.IsTransient, failure.Message);
        Assert.True((await Assert.ThrowsAsync<PipelineException>(() => source.ReadClockAsync())).IsTransient);
    }

    [Fact]
    public async Task A_server_that_crashes_in_the_middle_of_a_page_may_be_tried_again()
    {
        using var mortal = new PostgreSqlServer();
        var database = mortal.CreateDatabase();
        database.Execute("create view v as select i as n, repeat('x', 1000) as t from generate_series(1, 10000000) i");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("v"));
        var request = PageReading.Of(shape);
        var next = await source.ReadPageAsync(request, PageReading.PageOf(request));
        mortal.Crash();

        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            PageReading.AllAsync(source, request with { Lower = next })
        );
        var refused = await Assert.ThrowsAsync<PipelineException>(() => database.OpenAsync());

        Assert.True(failure.IsTransient, failure.Message);
        Assert.True(refused.IsTransient, refused.Message);
    }

    [Theory]
    [InlineData("password", "does not let the user 'postgres' in")]
    [InlineData("user", "does not let the user 'nobody' in")]
    [InlineData("database", "has no such database")]
    [InlineData("tls", "failed")]
    [InlineData("port", "failed")]
    public async Task A_connection_that_is_refused_says_why_and_no_password(string wrong, string words)
    {
        var source = server.CreateDatabase().Source();
        var connection = wrong switch
        {
            "password" => source.Connection! with { Password = "hunter2" },
            "user" => source.Connection! with { User = "nobody" },
            "database" => source.Connection! with { Database = "elsewhere" },
            "tls" => source.Connection! with { Tls = SourceTls.Require },
            _ => source.Connection! with { Port = 1 },
        };

        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            PostgreSqlDatabase.OpenAsync(source with { Connection = connection })
        );

        Assert.Contains(words, failure.Message);
        Assert.Contains("'app'", failure.Message);
        Assert.NotNull(failure.Hint);
        Assert.DoesNotContain("hunter2", failure.ToString());
        Assert.DoesNotContain(PostgreSqlServer.Password, failure.ToString());
        Assert.Equal(wrong == "port", failure.IsTransient);
    }

    [Fact]
    public async Task A_server_without_a_free_connection_may_be_tried_again()
    {
        var database = server.CreateDatabase();
        database.Execute($"create role r_{database.Name} login password 'p' connection limit 0");
        var source = database.Source();
        var failure = await Assert.ThrowsAsync<PipelineException>(() =>
            PostgreSqlDatabase.OpenAsync(
                source with
                {
                    Connection = source.Connection! with { User = $"r_{database.Name}", Password = "p" },
                }
            )
        );
        Assert.True(failure.IsTransient, failure.Message);
    }

    [Fact]
    public async Task A_unix_socket_is_a_way_in()
    {
        var source = server.CreateDatabase().Source();
        await using var open = await PostgreSqlDatabase.OpenAsync(
            source with
            {
                Connection = source.Connection! with { Host = server.SocketFolder },
            }
        );
        Assert.Equal(1, await open.ReadNumberAsync("select 1"));
    }

    [Fact]
    public async Task The_failure_over_a_value_does_not_show_it()
    {
        var database = server.CreateDatabase();
        var failure = await FailureAsync(
            database.Source(),
            open => open.ReadNumberAsync("select 'personal'::text::int")
        );
        Assert.DoesNotContain("personal", failure.Message);
        Assert.Contains("22P02", failure.Message);
    }

    [Fact]
    public async Task A_number_is_read_and_anything_else_is_refused()
    {
        await using var source = await server.CreateDatabase().OpenAsync();
        Assert.Equal(2.5, await source.ReadNumberAsync("select 2.5"));
        Assert.Equal(7, await source.ReadNumberAsync("select 7::smallint"));
        foreach (var sql in new[] { "select 'much'", "select null", "select 1 where false" })
        {
            var refused = await Assert.ThrowsAsync<PipelineException>(() => source.ReadNumberAsync(sql));
            Assert.Contains("no number", refused.Message);
        }
    }

    [Fact]
    public async Task The_clock_is_the_servers()
    {
        var database = server.CreateDatabase();
        await using var source = await database.OpenAsync();
        var before = new DateTimeOffset((DateTime)database.Value("select clock_timestamp()")!);
        var clock = await source.ReadClockAsync();
        Assert.InRange(clock, before, new DateTimeOffset((DateTime)database.Value("select clock_timestamp()")!));
    }

    [Fact]
    public async Task The_load_counts_others_and_the_oldest_transaction_that_writes()
    {
        var database = server.CreateDatabase();
        database.Execute("create table t (n int)");
        await using var source = await database.OpenAsync();
        using var writer = new Npgsql.NpgsqlConnection(server.ConnectionString(database.Name));
        await writer.OpenAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await using var insert = new Npgsql.NpgsqlCommand("insert into t values (1) returning now()", writer);
        var began = new DateTimeOffset((DateTime)(await insert.ExecuteScalarAsync())!);

        var load = await source.ReadLoadAsync();

        Assert.Null(load.ReplicaLag);
        Assert.NotNull(load.RunningThreads);
        Assert.NotNull(load.WritePressure);
        Assert.True(load.OldestTransaction <= began, string.Create(CultureInfo.InvariantCulture, $"{load} {began}"));
    }

    [Fact]
    public async Task Who_may_not_see_other_sessions_is_told_nothing_of_them()
    {
        var database = server.CreateDatabase();
        database.Execute($"create role r_{database.Name} login password 'p'");
        var source = database.Source();
        await using var open = await PostgreSqlDatabase.OpenAsync(
            source with
            {
                Connection = source.Connection! with { User = $"r_{database.Name}", Password = "p" },
            }
        );
        var load = await open.ReadLoadAsync();
        Assert.Null(load.RunningThreads);
        Assert.Null(load.OldestTransaction);
    }

    private static async Task<PipelineException> FailureAsync(SourceDefinition definition, Func<ISource, Task> use)
    {
        await using var source = await PostgreSqlDatabase.OpenAsync(definition);
        return await Assert.ThrowsAsync<PipelineException>(() => use(source));
    }
}
