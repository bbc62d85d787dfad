using System.Data.Common;
using System.Globalization;
using DbUp;
using DbUp.Builder;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;
using Sluice.Core;
using Sluice.State.Migrations;

namespace Sluice.State.Sqlite;

/// <summary>The tables of a store in a file.</summary>
/// <param name="connection">A connection.</param>
/// <param name="path">The file.</param>
/// <param name="connect">Opens a further connection.</param>
internal sealed class SqliteSchema(SqliteConnection connection, string path, Func<DbConnection> connect) : IStoreSchema
{
    private const string Tables =
        $"select count(*), count(case name when '{IStoreSchema.Journal}' then 1 end) from sqlite_master where type = 'table'";

    public DbConnection Connection => connection;

    public string Place => SqliteStateFault.PlaceOf(path);

    public string Scripts => "sqlite/";

    public string? FindLast()
    {
        using var command = connection.CreateCommand();
        command.CommandText = Tables;
        using (var tables = command.ExecuteReader())
        {
            tables.Read();
            if (tables.GetInt64(1) == 0)
            {
                return tables.GetInt64(0) == 0
                    ? null
                    : throw new PipelineException($"{Place} is the database of another program.")
                    {
                        Hint = "Check the path, or move the file away.",
                    };
            }
        }

        command.CommandText = $"select max(ScriptName) from {IStoreSchema.Journal}";
        return command.ExecuteScalar() as string;
    }

    public void BeginAlone()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "begin immediate";
        command.ExecuteNonQuery();
    }

    // Under its last name it is whole. Nobody else writes it: that is what the transaction is for.
    public void Backup(int version)
    {
        var target = FreeName(string.Create(CultureInfo.InvariantCulture, $"{path}.backup-v{version}"));
        var partial = target + ".partial";
        File.Delete(partial);
        // A connection in a transaction that writes cannot be copied from; another one sees what was committed.
        using (var source = (SqliteConnection)connect())
        using (
            var copy = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false }.ToString()
            )
        )
        {
            copy.Open();
            source.BackupDatabase(copy);
        }

        // The name is free, and nothing races for it: whoever migrates is alone.
        File.Move(partial, target, overwrite: true);
    }

    public UpgradeEngineBuilder Prepare() =>
        DeployChanges.To.SqliteDatabase(new SharedConnection(connection)).JournalToSqliteTable(IStoreSchema.Journal);

    private static string FreeName(string name)
    {
        var free = name;
        for (var number = 2; File.Exists(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return free;
    }
}
