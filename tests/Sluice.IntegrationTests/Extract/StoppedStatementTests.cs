using System.Diagnostics;
using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary><c>sluice extract stop</c> ends the statement that a server is at work on, and leaves nothing running there.</summary>
public sealed class StoppedStatementTests(PostgreSqlServer postgres, MariaDbServer mariaDb)
{
    // Far below what the statement takes, and far above what two processes take to start and end.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(SourceKind.PostgreSql, "v:")]
    [InlineData(SourceKind.PostgreSql, "t: {key: id}")]
    [InlineData(SourceKind.MySql, "v:")]
    [InlineData(SourceKind.MySql, "t: {key: id}")]
    public async Task A_slow_statement_ends_in_the_server_and_the_extract_with_it(SourceKind kind, string table)
    {
        var database = await kind.CreateAsync(postgres, mariaDb);
        var sleep = kind == SourceKind.PostgreSql ? "pg_sleep(60)::text" : "sleep(60)";
        await database.RunAsync(
            "create table t (id int primary key)",
            "insert into t values (1), (2)",
            $"create view v as select id, {sleep} as slow from t"
        );
        using var project = database.CreateProject(table, guards: "lock_timeout: 60s");
        // The table's page waits for a lock, and the view's for itself.
        await using var holder = await database.ConnectAsync();
        await using var locked = holder.CreateCommand();
        locked.CommandText =
            kind == SourceKind.PostgreSql ? "begin; lock table t in access exclusive mode" : "lock tables t write";
        if (table[0] == 't')
        {
            await locked.ExecuteNonQueryAsync();
        }

        using var extract = Cli.Start(project.Folder, "extract", "--date", SluiceProject.Day, "--quiet");
        await database.UntilReadingAsync();

        var asked = Stopwatch.GetTimestamp();
        var stop = project.Run("extract", "stop").Done();
        var result = Cli.Finish(extract);

        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, Bound);
        Assert.Contains("1 extract was stopped.", stop.Output, StringComparison.Ordinal);
        result.Fails(1, "stopped by 'sluice extract stop'", "run it again to go on");
        Assert.False(await database.IsReadingAsync(), "The server is still at work.");
        Assert.Empty(project.Tables());
        project.AssertNothingStaged();
    }
}
