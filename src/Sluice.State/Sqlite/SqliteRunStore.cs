using System.Data.Common;
using Microsoft.Data.Sqlite;
using Sluice.Core;
using Sluice.Core.Scheduling.Store;
using Sluice.State.Migrations;
using Sluice.State.Sql;
using SQLitePCL;

namespace Sluice.State.Sqlite;

/// <summary>A run store in a SQLite file, for the processes of one machine: the clock of the store is the machine's.</summary>
public sealed class SqliteRunStore : SqlRunStore
{
    private const int BusySeconds = 30;

    // A write of another process is seen after so long; those of this one at once.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private SqliteWitness? _witness;

    // No connection is used by two callers at once, neither here nor where sources are read, and it can be said only once.
    static SqliteRunStore()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
    }

    private SqliteRunStore(string path, TimeProvider clock)
        : base(clock) => _path = path;

    private protected override string BeginRead => $"begin; {StoreSql.Counter}";

    private protected override string BeginWrite => $"begin immediate; {StoreSql.Counter}";

    private protected override string Commit => $"{StoreSql.SaveCounter}; commit";

    /// <summary>Opens the store; creates or migrates it where that has to be.</summary>
    /// <param name="path">The file. One that is older is copied beside it first, as <c>state.db.backup-v1</c>.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="PipelineException">The file cannot be used, or is newer than this program.</exception>
    public static SqliteRunStore Open(string path, TimeProvider clock) => Open(path, clock, upTo: null);

    internal static SqliteRunStore Open(string path, TimeProvider clock, int? upTo)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var store = new SqliteRunStore(Path.GetFullPath(path), clock);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(store._path)!);
            store._witness = store.Prepare(upTo);
            return store;
        }
        catch (SqliteException failure)
        {
            throw store.FaultOf(failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(
                $"{SqliteStateFault.PlaceOf(store._path)} cannot be created: {failure.Message.Split('\n')[0]}",
                failure
            )
            {
                Hint = "Check that its folder can be made and written by this user.",
            };
        }
    }

    /// <inheritdoc/>
    public override async Task WaitAsync(long since, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var (started, bound) = (Clock.GetTimestamp(), ChangeSignal.BoundOf(atMost));
        while (true)
        {
            Signal.Raise(Read(reader => reader.Change));
            var left = bound - Clock.GetElapsedTime(started);
            if (await Signal.WaitAsync(since, left < Poll ? left : Poll, cancellationToken) || left <= Poll)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _witness?.Dispose();
    }

    private protected override void ThrowIfGone() => _witness?.ThrowIfGone();

    // Only the first may make the file: in the place of one that is gone a new one would be empty.
    private protected override DbConnection Connect() => Connect(SqliteOpenMode.ReadWrite);

    private SqliteWitness Prepare(int? upTo)
    {
        var connection = Connect(SqliteOpenMode.ReadWriteCreate);
        try
        {
            StoreMigration.Run(new SqliteSchema(connection, _path, Connect), upTo);
            return new(connection, _path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = _path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = BusySeconds,
            }.ToString()
        );
        try
        {
            connection.Open();
            // The driver would look again every 150 ms; SQLite itself is back sooner.
            raw.sqlite3_busy_timeout(connection.Handle, BusySeconds * 1000);
            using var command = connection.CreateCommand();
            // A commit is on disk when it is done, whatever happens to the machine.
            command.CommandText = "pragma journal_mode = wal; pragma synchronous = full";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private protected override PipelineException FaultOf(Exception failure) => SqliteStateFault.Of(failure, _path);
}
