using System.Data.Common;
using System.Globalization;
using DbUp.Builder;
using DbUp.Engine.Transactions;
using DbUp.Sqlite.Helpers;
using Npgsql;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.State.Migrations;

namespace Sluice.State.PostgreSql;

/// <summary>The tables of a store in a schema.</summary>
/// <param name="connection">A connection whose search path is the schema.</param>
/// <param name="server">The server and the schema.</param>
internal sealed class PostgreSqlSchema(NpgsqlConnection connection, SourceConnection server) : IStoreSchema
{
    private const string Tables = """
        select c.relname::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = @schema and c.relkind in ('r', 'p', 'v', 'm', 'f')
        """;

    private readonly string _schema = server.Schema!;

    public DbConnection Connection => connection;

    public string Place => PostgreSqlStateFault.PlaceOf(server);

    public string Scripts => "postgresql/";

    public string? FindLast()
    {
        var tables = FindTables();
        if (tables.Contains(IStoreSchema.Journal))
        {
            using var command = Command($"select max(scriptname) from {IStoreSchema.Journal}");
            return command.ExecuteScalar() as string;
        }

        return tables.Count == 0
            ? null
            : throw new PipelineException($"{Place} holds tables of another program.")
            {
                Hint = "Name a schema of its own in the run store's address: ?schema=…",
            };
    }

    // A migration may take longer than a change does, and waits for another one.
    public void BeginAlone()
    {
        Execute(
            "begin; set local lock_timeout = 0; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0"
        );
        Execute("select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('sluice state ' || @schema, 0))");
        if (FindTables().Contains("counter"))
        {
            // Whoever writes has it, too.
            Execute("select from counter for update");
        }
    }

    public void Backup(int version)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_schema}_backup_v{version}");
        var free = name;
        for (var number = 2; HasSchema(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        }

        var target = SqlIdentifier.Quote(free);
        Execute($"create schema {target}");
        foreach (var table in FindTables())
        {
            var quoted = SqlIdentifier.Quote(table);
            Execute($"create table {target}.{quoted} as table {SqlIdentifier.Quote(_schema)}.{quoted}");
        }
    }

    public UpgradeEngineBuilder Prepare()
    {
        if (!HasSchema(_schema))
        {
            Execute($"create schema {SqlIdentifier.Quote(_schema)}");
        }

        return PostgresqlExtensions
            .PostgresqlDatabase(new OneConnection(connection))
            .JournalToPostgresqlTable(_schema, IStoreSchema.Journal);
    }

    private HashSet<string> FindTables()
    {
        using var command = Command(Tables);
        using var rows = command.ExecuteReader();
        var tables = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Read())
        {
            tables.Add(rows.GetString(0));
        }

        return tables;
    }

    private bool HasSchema(string name)
    {
        using var command = Command("select 1 from pg_catalog.pg_namespace where nspname = @name");
        command.Parameters.AddWithValue("name", name);
        return command.ExecuteScalar() is not null;
    }

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("schema", _schema);
        return command;
    }

    // A script is one command of the server's, and the connection is not DbUp's to close.
    private sealed class OneConnection(NpgsqlConnection connection)
        : DatabaseConnectionManager(_ => new SharedConnection(connection))
    {
        public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
    }
}
