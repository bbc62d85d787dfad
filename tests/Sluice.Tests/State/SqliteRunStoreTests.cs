using Microsoft.Data.Sqlite;
using Sluice.Core;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.State.Sqlite;

namespace Sluice.Tests.State;

public sealed class SqliteRunStoreTests : RunStoreTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private int _stores;

    private string StatePath => Path.Combine(_folder.Path, ".sluice", "state.db");

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
    public async Task A_wait_ends_with_a_change_by_another_process()
    {
        await using var store = Open();
        await using var other = Open();
        var wait = store.WaitAsync(0, Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);

        other.Save(StoredRuns.Run("a", 0));

        await wait;
        Assert.Equal(["a"], store.Read(reader => reader.ChangedSince(0)));
    }

    [Fact]
    public async Task An_older_store_is_copied_and_then_migrated()
    {
        await using (var old = SqliteRunStore.Open(StatePath, TimeProvider.System, upTo: 1))
        {
            old.Save(StoredRuns.Run("a", 0));
        }

        Assert.Empty(Query(StatePath, "select name from sqlite_master where name = 'task_instance_held'"));
        await using (var store = Open())
        {
            Assert.Single(store.Read(reader => reader.Active("a")));
        }

        Assert.Single(Query(StatePath, "select name from sqlite_master where name = 'task_instance_held'"));
        var backup = StatePath + ".backup-v1";
        Assert.Equal(["a"], Query(backup, "select dag_id from dag_run"));
        Assert.Equal(["0001_runs.sql"], Query(backup, "select ScriptName from schema_version"));
        await using (Open())
        {
            Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(StatePath)!, "*backup*"));
        }

        // Someone went back to it: the first copy is not overwritten.
        File.Copy(backup, StatePath, overwrite: true);
        await using (Open())
        {
            Assert.True(File.Exists(backup + "-2"));
        }
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_store_as_it_was()
    {
        await using (SqliteRunStore.Open(StatePath, TimeProvider.System, upTo: 1)) { }
        Query(StatePath, "create view task_instance_held as select 1 as one");

        var failure = Assert.Throws<PipelineException>(Open);

        Assert.Contains("task_instance_held", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["0001_runs.sql"], Query(StatePath, "select ScriptName from schema_version"));
        Query(StatePath, "drop view task_instance_held");
        await using var store = Open();
        store.Save(StoredRuns.Run("a", 0));
    }

    [Fact]
    public async Task A_newer_store_is_refused()
    {
        await using (Open()) { }
        Query(StatePath, "insert into schema_version (ScriptName, Applied) values ('0099_future.sql', '2030-01-01')");

        var failure = Assert.Throws<PipelineException>(Open);

        Assert.Contains(StatePath, failure.Message, StringComparison.Ordinal);
        Assert.Contains("format 99", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Hint);
    }

    [Fact]
    public async Task Many_that_open_a_new_store_at_once_make_it_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Open)));

        foreach (var store in stores)
        {
            store.Write(change => change.NextToken());
        }

        Assert.Equal(9, stores[0].Write(change => change.NextToken()));
        Assert.Equal(["3"], Query(StatePath, "select count(*) from schema_version"));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public void A_file_of_something_else_is_refused()
    {
        var text = _folder.Write("text.db", new string('x', 5_000));
        var other = Path.Combine(_folder.Path, "other.db");
        Query(other, "create table theirs (id integer)");
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "folder.db")).FullName;
        var below = Path.Combine(text, "state.db");

        Assert.Contains("not a SQLite database", Refusal(text), StringComparison.Ordinal);
        Assert.Contains("another program", Refusal(other), StringComparison.Ordinal);
        Assert.Contains("cannot be opened", Refusal(folder), StringComparison.Ordinal);
        Assert.Contains("cannot be created", Refusal(below), StringComparison.Ordinal);
        Assert.Empty(Query(other, "select name from sqlite_master where name <> 'theirs'"));
    }

    [Fact]
    public async Task A_damaged_file_is_told()
    {
        await using (var store = Open())
        {
            store.Save([.. Enumerable.Range(0, 200).Select(hour => StoredRuns.Run("a", hour))]);
        }

        using (var file = File.OpenWrite(StatePath))
        {
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096]);
        }

        var failure = Assert.Throws<PipelineException>(() =>
        {
            var store = Open();
            store.Read(reader => reader.Latest("a", 500));
        });
        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
        Assert.Contains("backup", failure.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_removed_or_replaced_is_told_and_not_made_anew(bool isReplaced)
    {
        await using var store = Open();
        store.Save(StoredRuns.Run("a", 0));
        var wait = store.WaitAsync(
            store.Read(reader => reader.Change),
            Timeout.InfiniteTimeSpan,
            TestContext.Current.CancellationToken
        );
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(StatePath)!))
        {
            File.Delete(file);
        }

        if (isReplaced)
        {
            await using var other = Open();
            other.Save(StoredRuns.Run("b", 0));
        }

        await Assert.ThrowsAsync<StoreGoneException>(() => wait);
        Assert.Throws<StoreGoneException>(() => store.Write(change => change.NextToken()));
        var told = Assert.Throws<StoreGoneException>(() => store.Read(reader => reader.Active("a")));
        Assert.Contains(StatePath, told.Message, StringComparison.Ordinal);
        Assert.Contains("removed or replaced", told.Message, StringComparison.Ordinal);
        Assert.NotNull(told.Hint);
        Assert.Equal(isReplaced, File.Exists(StatePath));
    }

    [Theory]
    [InlineData("select dag_id from dag_run where dag_id = 'a' and state in ('queued', 'running')", "dag_run_active")]
    [InlineData("select task_id from task_instance where state in ('queued', 'running')", "task_instance_held")]
    public async Task What_is_asked_at_every_turn_has_an_index(string sql, string index)
    {
        await using (Open()) { }

        Assert.Contains(
            Query(StatePath, $"explain query plan {sql}", column: 3),
            step => step.Contains(index, StringComparison.Ordinal)
        );
    }

    public void Dispose() => _folder.Dispose();

    private protected override IRunStore OpenNew(TimeProvider clock) =>
        SqliteRunStore.Open(Path.Combine(_folder.Path, $"{Interlocked.Increment(ref _stores)}.db"), clock);

    private SqliteRunStore Open() => SqliteRunStore.Open(StatePath, TimeProvider.System);

    private static string Refusal(string path)
    {
        var failure = Assert.Throws<PipelineException>(() => SqliteRunStore.Open(path, TimeProvider.System));
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Hint);
        return failure.Message;
    }

    private static List<string> Query(string path, string sql, int column = 0)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var values = new List<string>();
        while (rows.Read())
        {
            values.Add(rows.GetString(column));
        }

        return values;
    }
}
