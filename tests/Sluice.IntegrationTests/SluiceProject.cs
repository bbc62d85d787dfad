using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sluice.Cli;
using Sluice.Cli.Demo;
using Sluice.Cli.Output;
using Sluice.Core.Catalog;

namespace Sluice.IntegrationTests;

/// <summary>A project in a folder of its own, the database beside it, and the commands that are run in it.</summary>
internal sealed class SluiceProject : IDisposable
{
    public const string Day = "2015-05-01";

    private static readonly ConcurrentDictionary<int, Lazy<SluiceProject>> Ran = [];

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("sluice-it-");

    public SluiceProject(string name = "shop")
    {
        Folder = Path.Combine(_parent.FullName, name);
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    /// <summary>What Sluice made: the lake and the builds.</summary>
    public string State => Path.Combine(Folder, ".sluice");

    public string Staging => Path.Combine(State, "staging");

    public string Database => Path.Combine(Folder, "app.db");

    /// <summary>The demo's project with a shop of so many users.</summary>
    public static SluiceProject Sample(int users = 500, string name = "shop")
    {
        var project = new SluiceProject(name);
        DemoProject.Write(project.Folder);
        SampleDatabase.Write(
            project.Database,
            new SampleOptions { Users = users },
            null,
            TestContext.Current.CancellationToken
        );
        return project;
    }

    /// <summary>That project after a run of the first day. The run is done once for each number of users; each caller gets a copy.</summary>
    public static SluiceProject RanSample(int users = 500) =>
        Ran.GetOrAdd(
                users,
                _ =>
                    new(() =>
                    {
                        var project = Sample(users);
                        AppDomain.CurrentDomain.ProcessExit += (_, _) => project.Dispose();
                        project.RunDay();
                        return project;
                    })
            )
            .Value.Copy();

    /// <summary>A project whose source <c>app</c> has these tables, made by the statements.</summary>
    /// <param name="sql">Statements that fill the database.</param>
    /// <param name="tables">The lines under <c>tables:</c>.</param>
    public static SluiceProject Of(string sql, params string[] tables)
    {
        var project = new SluiceProject();
        project.Sql(sql);
        project.WriteTables(tables);
        return project;
    }

    /// <summary>The same project, with what it has so far, in another folder.</summary>
    public SluiceProject Copy()
    {
        var copy = new SluiceProject();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.Folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public void WriteTables(params string[] tables) =>
        Write(
            "sluice.yaml",
            $$"""
            sources:
              app:
                kind: sqlite
                path: app.db
                timezone: Europe/Berlin
                tables:
            {{string.Join('\n', tables.Select(table => $"      {table}"))}}
            """
        );

    public void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Changes the source database.</summary>
    public void Sql(string statements)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString()
        );
        connection.Open();
        return connection;
    }

    public CliResult Run(params string[] arguments) => Cli.Run(Folder, arguments);

    /// <summary><c>sluice run</c> for a day, which must succeed.</summary>
    public CliResult RunDay(string date = Day, params string[] options) =>
        Run(["run", "--date", date, .. options]).Done();

    /// <summary>The rows of a query, values separated by commas. Read in this process, which saves the start of another.</summary>
    public IReadOnlyList<string> Query(string sql, string? asOf = null) =>
        QueryAsync(sql, asOf).GetAwaiter().GetResult();

    /// <summary>The rows of a query as JSON objects.</summary>
    public IReadOnlyList<JsonElement> Json(string sql, string? asOf = null)
    {
        using var json = JsonDocument.Parse(Run(["query", sql, "--format", "json", .. AsOf(asOf)]).Done().Output);
        return [.. json.RootElement.Clone().EnumerateArray()];
    }

    /// <summary>The single value of a query.</summary>
    public string Value(string sql, string? asOf = null) => Assert.Single(Query(sql, asOf));

    public void Dispose() => _parent.Delete(recursive: true);

    private static string[] AsOf(string? build) => build is null ? [] : ["--as-of", build];

    /// <summary>The rows of a query one by one, values separated by commas. Read in this process.</summary>
    public async IAsyncEnumerable<string> RowsAsync(string sql, string? asOf = null)
    {
        var sluice = Composition.Open(Folder);
        var build = await sluice.Builds.ResolveAsync(asOf);
        var query = await BuildTables.QueryAsync(sluice.Ports.Store, build, sql);
        await using var result = await sluice.Ports.Engine.QueryAsync(query);
        while (await result.Rows.ReadAsync())
        {
            yield return string.Join(
                ',',
                Enumerable.Range(0, result.Rows.FieldCount).Select(i => ValueText.Of(Value(result.Rows, i)))
            );
        }
    }

    private async Task<IReadOnlyList<string>> QueryAsync(string sql, string? asOf)
    {
        var rows = new List<string>();
        await foreach (var row in RowsAsync(sql, asOf))
        {
            rows.Add(row);
        }

        return rows;
    }

    // The driver gives an instant as a DateTime like any other.
    private static object Value(DbDataReader rows, int column) =>
        rows.GetValue(column) is DateTime time && rows.GetDataTypeName(column) == "TimestampTz"
            ? new DateTimeOffset(time.Ticks, TimeSpan.Zero)
            : rows.GetValue(column);
}
