using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Sluice.Core;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.IntegrationTests.Servers;
using Sluice.State.PostgreSql;
using Sluice.Tests.State;

namespace Sluice.IntegrationTests.State;

public sealed class PostgreSqlRunStoreTests(PostgreSqlServer server) : RunStoreTests
{
    private readonly PostgreSqlDatabase _database = server.CreateDatabase();
    private int _stores;

    // Each of them makes a schema.
    protected override int Histories => 20;

    [Fact]
    public async Task Everything_is_there_when_it_is_opened_again()
    {
        string before;
        await using (var store = Open())
        {
            store.Save(StoredRuns.Run("a", 0).With("load", StoredRuns.Task(TaskState.Running, "w", 3)));
            store.Write(change =>
            {
                change.RaiseTokens(41);
                return change.NextToken();
            });
            before = store.Read(reader => reader.Describe(StoreStep.Dags));
        }

        await using var again = Open();
        Assert.Equal(before, again.Read(reader => reader.Describe(StoreStep.Dags)));
        Assert.Equal(43, again.Write(change => change.NextToken()));
    }

    [Fact]
    public async Task Its_time_is_the_servers()
    {
        await using var store = PostgreSqlRunStore.Open(
            PostgreSqlUrl.Parse(_database.StateUrl()),
            new FakeTimeProvider(StoredRuns.Midnight)
        );

        var (first, second) = (store.Read(reader => reader.Now), store.Write(change => change.Now));

        Assert.InRange(second - first, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange((TimeProvider.System.GetUtcNow() - first).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_wait_ends_with_a_change_over_another_connection_without_a_poll()
    {
        // Its clock stands still: nothing but the notification can end the wait.
        await using var store = PostgreSqlRunStore.Open(
            PostgreSqlUrl.Parse(_database.StateUrl()),
            new FakeTimeProvider(StoredRuns.Midnight)
        );
        await using var other = Open();
        var wait = store.WaitAsync(0, Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        await _database.UntilAsync(
            "select exists (select from pg_stat_activity where query = 'select token, change from counter' and state = 'idle' and datname = current_database())"
        );
        var started = Stopwatch.GetTimestamp();

        other.Save(StoredRuns.Run("a", 0));

        await wait;
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.Equal(["a"], store.Read(reader => reader.ChangedSince(0)));
    }

    [Fact]
    public async Task Two_schemas_of_a_database_are_two_stores()
    {
        await using var one = Open();
        await using var two = Open("other");

        one.Save(StoredRuns.Run("a", 0));
        two.Save(StoredRuns.Run("b", 0));

        Assert.Equal(["a"], one.Read(reader => reader.ChangedSince(0)));
        Assert.Equal(["b"], two.Read(reader => reader.ChangedSince(0)));
    }

    [Fact]
    public async Task An_older_store_is_copied_and_then_migrated()
    {
        const string Index = "select to_regclass('sluice.task_instance_held') is not null";
        await using (
            var old = PostgreSqlRunStore.Open(PostgreSqlUrl.Parse(_database.StateUrl()), TimeProvider.System, upTo: 1)
        )
        {
            old.Save(StoredRuns.Run("a", 0));
        }

        Assert.Equal(false, _database.Value(Index));
        await using (var store = Open())
        {
            Assert.Single(store.Read(reader => reader.Active("a")));
        }

        Assert.Equal(true, _database.Value(Index));
        Assert.Equal("a", _database.Value("select dag_id from sluice_backup_v1.dag_run"));
        Assert.Equal("0001_runs.sql", _database.Value("select scriptname from sluice_backup_v1.schema_version"));
        await using (Open()) { }

        Assert.Equal(1L, _database.Value("select count(*) from pg_namespace where nspname like 'sluice_backup%'"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_store_as_it_was()
    {
        await using (PostgreSqlRunStore.Open(PostgreSqlUrl.Parse(_database.StateUrl()), TimeProvider.System, upTo: 1))
        { }
        _database.Execute("create view sluice.task_instance_held as select 1");

        var failure = Assert.Throws<PipelineException>(() => Open());

        Assert.Contains("task_instance_held", failure.Message, StringComparison.Ordinal);
        Assert.Equal("0001_runs.sql", _database.Value("select max(scriptname) from sluice.schema_version"));
        Assert.Equal(0L, _database.Value("select count(*) from pg_namespace where nspname like 'sluice_backup%'"));
    }

    [Fact]
    public async Task A_newer_store_is_refused()
    {
        await using (Open()) { }
        _database.Execute("insert into sluice.schema_version (scriptname, applied) values ('0099_future.sql', now())");

        Refused(_database.StateUrl(), "format 99", "later");
    }

    [Fact]
    public async Task Many_that_open_a_new_store_at_once_make_it_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open())));

        foreach (var store in stores)
        {
            store.Write(change => change.NextToken());
            await store.DisposeAsync();
        }

        Assert.Equal(3L, _database.Value("select count(*) from sluice.schema_version"));
        Assert.Equal(4L, _database.Value("select token from sluice.counter"));
    }

    [Fact]
    public void What_keeps_it_from_being_opened_is_said_with_what_to_do()
    {
        Refused(_database.StateUrl(password: "wrong"), "does not let the user 'postgres' in", "password");
        Refused(
            _database.StateUrl().Replace(_database.Name, "nowhere", StringComparison.Ordinal),
            "no such database",
            "create database"
        );
        _database.Execute("create role guest login password 'guest'");
        Refused(
            _database.StateUrl(user: "guest", password: "guest"),
            "lacks a right",
            "create schema sluice authorization guest"
        );
        _database.Execute("create schema sluice authorization guest; create table sluice.theirs (id int)");
        Refused(_database.StateUrl(user: "guest", password: "guest"), "another program", "?schema=");
    }

    [Fact]
    public async Task A_user_with_a_schema_of_its_own_needs_no_other_right()
    {
        var name = $"own_{_database.Name}";
        _database.Execute($"create role {name} login password 'own'; create schema sluice authorization {name}");
        await using var store = StoreWriter.Open(_database.StateUrl(user: name, password: "own"));

        store.Save(StoredRuns.Run("a", 0));

        Assert.Single(store.Read(reader => reader.Active("a")));
    }

    [Fact]
    public async Task A_process_that_stands_still_in_a_change_is_put_out_by_the_server_and_writes_nothing()
    {
        await using var store = Open();
        await using var other = Open();
        using var isIn = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        var still = Task.Run(() =>
            store.Write(change =>
            {
                change.Save(StoredRuns.Run("a", 0));
                isIn.Set();
                goesOn.Wait();
                return true;
            })
        );
        isIn.Wait(TestContext.Current.CancellationToken);

        other.Save(StoredRuns.Run("b", 0));
        goesOn.Set();

        var failure = await Assert.ThrowsAsync<PipelineException>(() => still);
        Assert.True(failure.IsTransient);
        Assert.Equal(["b"], store.Read(reader => reader.ChangedSince(0)));
    }

    private protected override IRunStore OpenNew(TimeProvider clock) =>
        PostgreSqlRunStore.Open(
            PostgreSqlUrl.Parse(_database.StateUrl()) with
            {
                Schema = $"store_{Interlocked.Increment(ref _stores)}",
            },
            clock
        );

    private IRunStore Open(string? schema = null) =>
        PostgreSqlRunStore.Open(
            PostgreSqlUrl.Parse(_database.StateUrl()) with
            {
                Schema = schema,
            },
            TimeProvider.System
        );

    private static void Refused(string url, params string[] said)
    {
        var failure = Assert.Throws<PipelineException>(() => StoreWriter.Open(url));
        var text = $"{failure.Message}\n{failure.Hint}";
        Assert.All(said, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.StartsWith("The run store (schema sluice of ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgreSqlServer.Password, text, StringComparison.Ordinal);
    }
}
