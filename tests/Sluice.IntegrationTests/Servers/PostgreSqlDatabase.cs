using System.Data.Common;
using Npgsql;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Lake.PostgreSql;

namespace Sluice.IntegrationTests.Servers;

/// <summary>A database of its own for one test.</summary>
internal sealed class PostgreSqlDatabase(PostgreSqlServer server, string name) : IServerDatabase
{
    public string Name { get; } = name;

    /// <summary>How the superuser connects to it.</summary>
    public string ConnectionString => server.ConnectionString(Name);

    /// <summary>The database as a source.</summary>
    /// <param name="zone">What its times mean; null for nothing.</param>
    public SourceDefinition Source(TimeZoneInfo? zone = null) =>
        new()
        {
            Name = "app",
            Kind = SourceKind.PostgreSql,
            Connection = new()
            {
                Host = "127.0.0.1",
                Port = server.Port,
                Database = Name,
                User = "postgres",
                Password = PostgreSqlServer.Password,
            },
            TimeZone = zone,
        };

    public Task<ISource> OpenAsync(TimeZoneInfo? zone = null) => OpenAsync(Source(zone));

    // Without the retries of the factory: a fault is to be seen.
    public static async Task<ISource> OpenAsync(SourceDefinition definition) =>
        await PostgreSqlSource.OpenAsync(definition, TimeProvider.System, TestContext.Current.CancellationToken);

    SourceDefinition IServerDatabase.Definition => Source(TimeZoneInfo.Utc);

    public async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Timezone = "UTC", CommandTimeout = 300 }.ToString()
        );
        await connection.OpenAsync();
        return connection;
    }

    public async Task<bool> IsReadingAsync() =>
        (bool)
            (
                await this.ValueAsync(
                    "select exists (select from pg_stat_activity where application_name = 'sluice' and state = 'active' and datname = current_database() and clock_timestamp() - query_start > interval '0.2 s')"
                )
            )!;

    /// <summary>Runs statements as the superuser.</summary>
    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(server.ConnectionString(Name));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        command.ExecuteNonQuery();
    }

    /// <summary>The one value of a statement.</summary>
    public object? Value(string sql)
    {
        using var connection = new NpgsqlConnection(server.ConnectionString(Name));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    /// <summary>Waits until a statement's value is true.</summary>
    public async Task UntilAsync(string sql)
    {
        while (Value(sql) is not true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Describes a table and reads all of it.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(
        string table,
        int pageRows = RowPage.MaxRows,
        TimeZoneInfo? zone = null,
        params (string Column, ColumnType Type)[] types
    )
    {
        await using var source = await OpenAsync(zone);
        var shape = await source.DescribeAsync(TableOf(table, types));
        return await PageReading.AllAsync(source, PageReading.Of(shape) with { MaxRows = pageRows });
    }

    public static SourceTable TableOf(string table, params (string Column, ColumnType Type)[] types) =>
        new()
        {
            Name = table,
            Columns = types.ToDictionary(
                type => type.Column,
                type => new ColumnRule { Type = type.Type },
                StringComparer.Ordinal
            ),
        };
}
