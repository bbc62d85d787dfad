using System.Data.Common;
using MySqlConnector;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Lake.MySql;

namespace Sluice.IntegrationTests.Servers;

/// <summary>A database of <see cref="MariaDbServer"/>, and the words that tests of the adapter are written in.</summary>
internal sealed class MySqlDatabase(MariaDbServer server, string name) : IServerDatabase
{
    public string Name => name;

    public MariaDbServer Server => server;

    /// <summary>The database as a project defines it.</summary>
    public SourceDefinition Definition =>
        new()
        {
            Name = "app",
            Kind = SourceKind.MySql,
            Connection = server.Connection(name),
            TimeZone = TimeZoneInfo.Utc,
        };

    public async Task<DbConnection> ConnectAsync()
    {
        var connection = await server.ConnectAsync(name);
        await using var command = new MySqlCommand("set time_zone = '+00:00'", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public async Task<bool> IsReadingAsync() =>
        await this.ValueAsync(
            "select count(*) from information_schema.processlist where db = database() and command <> 'Sleep' and time_ms > 200 and id <> connection_id()"
        )
            is > 0L;

    /// <summary>Runs statements as the administrator.</summary>
    public async Task RunAsync(params IEnumerable<string> statements)
    {
        await using var connection = await server.ConnectAsync(name);
        foreach (var statement in statements)
        {
            await using var command = new MySqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Rows of a statement that the administrator runs, values separated by bars.</summary>
    public async Task<List<string>> AskAsync(string statement)
    {
        await using var connection = await server.ConnectAsync(name);
        await using var command = new MySqlCommand(statement, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync())
        {
            var values = new object[rows.FieldCount];
            rows.GetValues(values);
            lines.Add(string.Join('|', values));
        }

        return lines;
    }

    // Without the retries of the factory: a fault is to be seen.
    public async Task<ISource> OpenAsync(SourceDefinition? definition = null) =>
        await MySqlSource.OpenAsync(definition ?? Definition, TestContext.Current.CancellationToken);

    /// <summary>All rows of a table by pages of so many rows, in its scan order.</summary>
    public async Task<List<string>> ReadAsync(SourceTable table, int pageRows = RowPage.MaxRows)
    {
        await using var source = await OpenAsync();
        return await ReadAsync(source, table, pageRows);
    }

    /// <summary>All rows of a table by pages of so many rows, in its scan order.</summary>
    public static async Task<List<string>> ReadAsync(ISource source, SourceTable table, int pageRows = RowPage.MaxRows)
    {
        var shape = await source.DescribeAsync(table);
        return await ReadAsync(source, RequestOf(shape, pageRows));
    }

    public static async Task<List<string>> ReadAsync(ISource source, PageRequest request)
    {
        var page = PageOf(request);
        var lines = new List<string>();
        SourceBound? next;
        do
        {
            page.Clear();
            next = await source.ReadPageAsync(request, page);
            Assert.True(page.Rows <= request.MaxRows);
            lines.AddRange(PageText.Rows(page));
            request = request with { Lower = next };
        } while (next is not null);

        return lines;
    }

    public static PageRequest RequestOf(SourceShape shape, int pageRows = RowPage.MaxRows) =>
        new()
        {
            Shape = shape,
            Columns = shape.Columns,
            Order = shape.ScanOrder,
            MaxRows = pageRows,
        };

    public static RowPage PageOf(PageRequest request) =>
        new(new TableSchema(request.Columns.Select(column => new Column(column.Name, column.Type))));
}
