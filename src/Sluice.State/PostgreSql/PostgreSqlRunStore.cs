using System.Data.Common;
using Npgsql;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.State.Migrations;
using Sluice.State.Sql;

namespace Sluice.State.PostgreSql;

/// <summary>A run store in a PostgreSQL database, for the processes of several machines: the clock of the store is the server's.</summary>
public sealed class PostgreSqlRunStore : SqlRunStore
{
    /// <summary>The time of the server's clock, as the columns have instants.</summary>
    private const string Now = "select (extract(epoch from clock_timestamp()) * 10000000)::bigint";

    private readonly NpgsqlDataSource _database;
    private readonly SourceConnection _server;
    private readonly ChangeListener _listener;

    private PostgreSqlRunStore(SourceConnection server, TimeProvider clock)
        : base(clock)
    {
        (_server, _database) = (server, PostgreSqlConnections.Create(server));
        _listener = new(_database, Channel, Signal, clock);
    }

    private protected override TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);

    private protected override string BeginRead =>
        $"begin isolation level repeatable read, read only; {StoreSql.Counter}; {Now}";

    // The lock of the one row puts writers one after the other; what they read after it is what the one before has left.
    private protected override string BeginWrite =>
        $"begin isolation level read committed, read write; {StoreSql.Counter} for update; {Now}";

    private protected override string Commit => $"{StoreSql.SaveCounter}; notify {Channel}; commit";

    // Two stores in one database have two schemas.
    private string Channel => SqlIdentifier.Quote(_server.Schema!);

    /// <summary>Opens the store; creates or migrates its schema where that has to be.</summary>
    /// <param name="server">
    /// The server, and the schema: null for <see cref="PostgreSqlUrl.DefaultSchema"/>. The tables of one that is older are copied
    /// into <c>sluice_backup_v1</c> first.
    /// </param>
    /// <param name="clock">Measures waits; instants are of the server's clock.</param>
    /// <exception cref="PipelineException">The database cannot be used, or the store is newer than this program.</exception>
    /// <exception cref="DefinitionException">The schema has no plain name.</exception>
    public static PostgreSqlRunStore Open(SourceConnection server, TimeProvider clock) =>
        Open(server, clock, upTo: null);

    internal static PostgreSqlRunStore Open(SourceConnection server, TimeProvider clock, int? upTo)
    {
        ArgumentNullException.ThrowIfNull(server);
        var named = server with { Schema = PostgreSqlUrl.CheckSchema(server.Schema ?? PostgreSqlUrl.DefaultSchema) };
        var store = new PostgreSqlRunStore(named, clock);
        try
        {
            using var connection = store._database.OpenConnection();
            StoreMigration.Run(new PostgreSqlSchema(connection, named), upTo);
            return store;
        }
        catch (Exception failure)
        {
            store._database.Dispose();
            if (failure is DbException told)
            {
                throw store.FaultOf(told);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task WaitAsync(long since, TimeSpan atMost, CancellationToken cancellationToken)
    {
        _listener.Start();
        await Signal.WaitAsync(since, atMost, cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await base.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected override DbConnection Connect() => _database.OpenConnection();

    private protected override PipelineException FaultOf(Exception failure) =>
        PostgreSqlStateFault.Of(failure, _server);
}
