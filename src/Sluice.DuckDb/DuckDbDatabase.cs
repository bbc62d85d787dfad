using DuckDB.NET.Data;
using Sluice.Core;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>
/// One in-memory database, which reaches some folders of the machine and nothing else. It shows the tables of one query at a time.
/// For one thread.
/// </summary>
internal sealed class DuckDbDatabase : IAsyncDisposable
{
    private readonly SpillFolder? _spill;
    private readonly HashSet<TableId> _shown = [];
    private readonly IDataFileCheck? _files;
    private bool _checksArithmetic;

    private DuckDbDatabase(SpillFolder? spill, IDataFileCheck? files) => (_spill, _files) = (spill, files);

    public DuckDBConnection Connection { get; } = new("DataSource=:memory:");

    /// <summary>Opens the database.</summary>
    /// <param name="reach">The folders that its statements may read, and the one that they may write to.</param>
    /// <param name="options">Memory and threads.</param>
    /// <param name="memoryShare">The part of that memory.</param>
    /// <param name="cancellationToken">Stops before the database is open.</param>
    public static async Task<DuckDbDatabase> OpenAsync(
        DatabaseReach reach,
        DuckDbOptions options,
        double memoryShare,
        CancellationToken cancellationToken
    )
    {
        var database = new DuckDbDatabase(reach.Folder is null ? SpillFolder.Create() : null, options.Files);
        try
        {
            var spill = database._spill?.Path ?? Path.Combine(reach.Folder!, "spill");
            await database.Connection.OpenAsync(cancellationToken);
            foreach (var statement in SessionSetup.Statements(reach, options, memoryShare, spill))
            {
                await database.ExecuteAsync(statement, cancellationToken);
            }

            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Shows the tables of a query, in the place of all that was shown.</summary>
    /// <exception cref="PipelineException">A file is damaged, or a statement that gives a table's rows is wrong.</exception>
    public async Task<DuckDbSession> ShowAsync(SqlQuery query, bool isOwned, CancellationToken cancellationToken)
    {
        foreach (var table in _shown)
        {
            await ExecuteAsync($"drop view if exists {SqlIdentifier.Quote(table)}", cancellationToken);
        }

        _shown.Clear();
        if (query.ChecksArithmetic != _checksArithmetic)
        {
            await ExecuteAsync(
                query.ChecksArithmetic ? ArithmeticCheck.Setup : ArithmeticCheck.Teardown,
                cancellationToken
            );
            _checksArithmetic = query.ChecksArithmetic;
        }

        var session = new DuckDbSession(this, query, isOwned);
        foreach (var relation in query.Relations)
        {
            try
            {
                DataFileCheck.ThrowIfDamaged(query, relation, _files);
                // A file that is only looked at has no columns yet.
                if (relation.File is not { Columns.Count: 0 })
                {
                    await session.AddAsync(relation, cancellationToken);
                }
            }
            catch (PipelineException) when (query.LeavesOutDamaged && !query.Names(relation.Table))
            {
                // Nobody asks for it.
            }
        }

        return session;
    }

    /// <summary>Makes the schema of a table that comes to be shown.</summary>
    public async Task MakeRoomAsync(TableId table, CancellationToken cancellationToken)
    {
        if (_shown.Add(table))
        {
            await ExecuteAsync($"create schema if not exists {SqlIdentifier.Quote(table.Schema)}", cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        _spill?.Dispose();
    }

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
