using Sluice.Core.Extraction;

namespace Sluice.IntegrationTests.Servers;

/// <summary>What tests do with a database, whichever server it is of.</summary>
internal static class ServerDatabase
{
    /// <summary>A project whose source <c>app</c> it is, with a throttle that does not follow the latency.</summary>
    /// <param name="database">The database.</param>
    /// <param name="table">The line of its table.</param>
    /// <param name="throttle">Further keys of the throttle.</param>
    /// <param name="guards">Keys of the guards.</param>
    /// <param name="port">Where it is reached, if not directly.</param>
    public static SluiceProject CreateProject(
        this IServerDatabase database,
        string table,
        string throttle = "max_connections: 1",
        string guards = "",
        int? port = null
    )
    {
        var source = database.Definition;
        var connection = source.Connection!;
        var project = new SluiceProject();
        project.Write("password", connection.Password!);
        project.Write(
            "sluice.yaml",
            $$"""
            sources:
              app:
                kind: {{(source.Kind == SourceKind.PostgreSql ? "postgresql" : "mysql")}}
                host: {{connection.Host}}
                port: {{port ?? connection.Port}}
                database: {{connection.Database}}
                user: {{connection.User}}
                password: ${file:password}
                tls: disable
                timezone: UTC
                throttle: {adaptive: false, {{throttle}}}
                guards: { {{guards}} }
                tables:
                  {{table}}
            """
        );
        return project;
    }

    /// <summary>Takes the throttle away from a project of <see cref="CreateProject"/>.</summary>
    public static void Unthrottle(this SluiceProject project)
    {
        var path = Path.Combine(project.Folder, "sluice.yaml");
        File.WriteAllLines(
            path,
            File.ReadAllLines(path)
                .Select(line =>
                    line.Contains("throttle:", StringComparison.Ordinal) ? "    throttle: {adaptive: false}" : line
                )
        );
    }

    /// <summary>Runs statements one after the other.</summary>
    public static async Task RunAsync(this IServerDatabase database, params IEnumerable<string> statements)
    {
        await using var connection = await database.ConnectAsync();
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The one value of a statement.</summary>
    public static async Task<object?> ValueAsync(this IServerDatabase database, string statement)
    {
        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The rows of a statement, values separated by commas, one by one.</summary>
    public static async IAsyncEnumerable<string> RowsAsync(this IServerDatabase database, string statement)
    {
        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await using var rows = await command.ExecuteReaderAsync();
        var values = new object[rows.FieldCount];
        while (await rows.ReadAsync())
        {
            rows.GetValues(values);
            yield return string.Join(',', values);
        }
    }

    /// <summary>Waits until the server is at work on a slow statement of the extract.</summary>
    public static async Task UntilReadingAsync(this IServerDatabase database)
    {
        while (!await database.IsReadingAsync())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
